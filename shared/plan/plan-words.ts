import type { Language } from '../contract';
import { plan as en } from '../text/en/plan';
import { plan as fr } from '../text/fr/plan';

export const planWords = (language: Language): typeof en => (language === 'fr' ? fr : en);
