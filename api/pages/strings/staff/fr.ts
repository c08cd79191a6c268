import type { StaffRole } from '../../../db/generated/enums.ts'

/** Sentences of the pages for the staff. */
export type StaffStrings = {
  signIn: string
  forStaff: string
  email: string
  password: string
  wrong: string
  tooMany(minutes: number): string
  orWith: string
  continueWith(label: string): string
  providerFailed: string
  providerAway: string
  demonstration: string
  demonstrationText(password: string): string
  code: string
  codeIntro: string
  codeLabel: string
  codeHint: string
  codeWrong: string
  startAgain: string
  setUp: string
  setUpIntro: string
  setUpScan: string
  setUpPicture: string
  setUpType: string
  setUpCode: string
  setUpDone: string
  confirm: string
  backupCodes: string
  backupIntro: string
  go: string
  invitation: string
  invited(role: string, organization: string | null): string
  yourName: string
  newPassword: string
  newPasswordHint(shortest: number): string
  passwordProblems: { too_short: string; too_long: string; like_email: string; too_common: string }
  required: string
  emailMalformed: string
  emailUnsupported: string
  join: string
  gone: string
  taken: string
  signInFirst: string
  otherAddress: string
  takeOn: string
  account: string
  signedInAs: string
  roles: string
  noRole: string
  role: Record<StaffRole, string>
  everywhere: string
  until(time: string): string
  secondFactor: string
  secondFactorOn: string
  newBackupCodes: string
  newBackupCodesHint: string
  passwordWrong: string
  recovery: string
  recoveryIntro: string
  recoveryOver: string
  recovered: string
  presentPassword: string
  changePassword: string
  changePasswordHint: string
  passwordChanged: string
  passwordChangedText: string
  signOut: string
  signOutAll: string
  signOutAllHint: string
  desk: string
  cases: string
  workshop: string
  foreignPage: string
  unreadable: string
  away: string
  failed: string
  isDemonstration: string
}

export const fr: StaffStrings = {
  signIn: 'Se connecter',
  forStaff: 'Cette page est réservée au personnel des lignes d’aide.',
  email: 'Adresse e-mail',
  password: 'Mot de passe',
  wrong: 'L’adresse e-mail ou le mot de passe n’est pas correct.',
  tooMany: (minutes) => `Trop d’essais. Réessayez dans ${minutes} minute${minutes > 1 ? 's' : ''}.`,
  orWith: 'Par votre organisation',
  continueWith: (label) => `Continuer avec ${label}`,
  providerFailed:
    'Vous ne pouvez pas entrer ainsi. Il faut une invitation à l’adresse e-mail que votre organisation a vérifiée : demandez-la à la personne qui gère les accès, ou recommencez.',
  providerAway: 'La connexion de votre organisation ne répond pas pour l’instant. Réessayez un peu plus tard.',
  demonstration: 'Comptes d’essai',
  demonstrationText: (password) =>
    `Ils n’existent que sur cette machine, et tout le monde connaît leur mot de passe : ${password}. N’y mettez rien de vrai, et créez vos propres comptes avant que d’autres puissent atteindre ce serveur.`,
  code: 'Votre code',
  codeIntro: 'Ouvrez votre application d’authentification et recopiez le code de Passerelle.',
  codeLabel: 'Code à 6 chiffres',
  codeHint: 'Sans votre application : un de vos codes de secours.',
  codeWrong: 'Ce code n’est pas correct, ou il a déjà servi. Attendez le suivant.',
  startAgain: 'Recommencer',
  setUp: 'Protéger votre compte',
  setUpIntro: 'À chaque connexion, un code de votre téléphone vous sera demandé en plus du mot de passe.',
  setUpScan: 'Avec une application d’authentification, scannez cette image.',
  setUpPicture: 'Image à scanner avec l’application',
  setUpType: 'Ou tapez cette clé dans l’application :',
  setUpCode: 'Le code que l’application montre',
  setUpDone: 'Votre compte est protégé',
  confirm: 'Confirmer',
  backupCodes: 'Vos codes de secours',
  backupIntro: 'Sans votre téléphone, chacun de ces codes vous laisse entrer une fois. Notez-les : ils ne seront plus montrés.',
  go: 'Continuer',
  invitation: 'Votre invitation',
  invited: (role, organization) => `Vous êtes invité·e comme ${role}${organization ? ` : ${organization}` : ''}.`,
  yourName: 'Votre nom',
  newPassword: 'Choisissez un mot de passe',
  newPasswordHint: (shortest) => `Au moins ${shortest} caractères : une suite de mots convient bien.`,
  passwordProblems: {
    too_short: 'Il est trop court.',
    too_long: 'Il est trop long.',
    like_email: 'Il ne doit pas contenir votre adresse e-mail.',
    too_common: 'Trop de gens le choisissent : prenez-en un autre.',
  },
  required: 'À remplir.',
  emailMalformed: 'Ce n’est pas une adresse e-mail.',
  emailUnsupported:
    "Vous ne pouvez pas vous connecter avec cette adresse : seulement lettres sans accent, chiffres et . _ + - '. Prenez-en une autre.",
  join: 'Créer mon compte',
  gone: 'Cette invitation a déjà servi, ou elle a expiré. Demandez-en une nouvelle.',
  taken: 'Cette adresse a déjà un compte : connectez-vous d’abord, puis ouvrez à nouveau l’invitation.',
  signInFirst: 'Vous avez déjà un compte : connectez-vous pour accepter.',
  otherAddress: 'Cette invitation est pour une autre adresse que celle de votre compte.',
  takeOn: 'Accepter',
  account: 'Votre compte',
  signedInAs: 'Vous êtes',
  roles: 'Vos rôles',
  noRole: 'Vous n’avez aucun rôle pour l’instant.',
  role: {
    AGENT: 'agent·e',
    SUPERVISOR: 'superviseur·e',
    EDITOR: 'rédacteur·rice',
    PARTNER: 'partenaire',
    ADMINISTRATOR: 'administrateur·rice',
  },
  everywhere: 'toute l’installation',
  until: (time) => `Votre session se termine à ${time} au plus tard.`,
  secondFactor: 'Code à la connexion',
  secondFactorOn: 'Un code de votre téléphone est demandé à chaque connexion.',
  newBackupCodes: 'De nouveaux codes de secours',
  newBackupCodesHint: 'Les anciens ne serviront plus.',
  passwordWrong: 'Le mot de passe n’est pas correct.',
  recovery: 'Retrouver votre compte',
  recoveryIntro:
    'Choisissez un nouveau mot de passe. Vos sessions se termineront, et vous protégerez à nouveau votre compte avec un code quand vous vous connecterez.',
  recoveryOver: 'Ce lien a déjà servi, ou il a expiré. Demandez-en un nouveau à la personne qui gère les accès.',
  recovered: 'Connectez-vous maintenant avec votre nouveau mot de passe.',
  presentPassword: 'Mot de passe actuel',
  changePassword: 'Changer le mot de passe',
  changePasswordHint: 'Vos autres sessions se termineront.',
  passwordChanged: 'Votre mot de passe est changé',
  passwordChangedText: 'Vos autres sessions sont terminées. Celle-ci continue.',
  signOut: 'Se déconnecter',
  signOutAll: 'Se déconnecter partout',
  signOutAllHint: 'Sur tous vos appareils, celui-ci compris.',
  desk: 'Ouvrir le bureau',
  cases: 'Ouvrir les dossiers confiés',
  workshop: 'Ouvrir l’atelier des contenus',
  foreignPage: 'Ce formulaire n’a pas été envoyé depuis notre page : rien n’a été fait.',
  unreadable: 'Ce qui a été envoyé n’a pas pu être lu : rien n’a été fait.',
  away: 'Le service ne répond pas pour l’instant. Réessayez un peu plus tard.',
  failed: 'Quelque chose n’a pas fonctionné de notre côté. Réessayez.',
  isDemonstration: 'C’est un compte d’essai.',
}
