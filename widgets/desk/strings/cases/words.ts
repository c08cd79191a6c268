import type { Language } from '../../../shared/languages.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { type CaseWords, fr } from './fr.ts'
import { nl } from './nl.ts'

const WORDS: Record<Language, CaseWords> = { fr, de, nl, en }

export const words = (language: Language): CaseWords => WORDS[language]
