/** Shortest and longest passwords, in characters: NIST SP 800-63B-4, 3.1.1.2 asks for 15 where it stands alone, and here a code follows. */
export const SHORTEST_PASSWORD = 12
export const LONGEST_PASSWORD = 200

export type PasswordProblem = 'too_short' | 'too_long' | 'like_email' | 'too_common'

/** What people choose most where twelve characters are asked, without digits and signs at the end (lists of leaked passwords, NordPass 2024). */
const COMMON = new Set(
  `password passwords passwort motdepasse motdepassemotdepasse wachtwoord wachtwoordwachtwoord kennwort passwordpassword passwortpasswort
  administrator administrateur qwertyuiop qwertyuiopasdf azertyuiop azertyuiopqsdf qwertzuiop qwertyqwerty azertyazerty welcome
  welcomewelcome bienvenue bienvenuebienvenue willkommen iloveyou iloveyouiloveyou jetaime jetaimejetaime changeme changemeplease
  changezmoi letmein letmeinplease letmeinletmein passerelle liegesolidaire solidaire bonjourbonjour soleilsoleil doudoudoudou
  loulouloulou abcdefghijkl abcdefghijklm abcabcabcabc footballfootball standardliege sunshine sunshinesunshine princess princessprincess
  computer chouchouchouchou marseille belgique belgie belgien secret secretsecret dragondragon monkeymonkey superman starwars`
    .trim()
    .split(/\s+/),
)

/**
 * Why a new password is not taken; null when it is.
 * @param email empty while it is not known
 */
export function passwordProblem(password: string, email: string): PasswordProblem | null {
  if ([...password].length < SHORTEST_PASSWORD) return 'too_short'
  // As better-auth counts them.
  if (password.length > LONGEST_PASSWORD) return 'too_long'
  const plain = password.toLowerCase()
  const name = email.toLowerCase().split('@')[0] ?? ''
  if ((email !== '' && plain.includes(email.toLowerCase())) || (name.length >= 4 && plain.includes(name))) return 'like_email'
  const letters = plain.replace(/[^\p{L}]+/gu, '')
  // A word with digits and signs around it, one character over and over, or nothing but digits.
  if (letters === '' || COMMON.has(letters) || new Set(plain).size < 5) return 'too_common'
  return null
}
