import './callback/define.ts'
import './finder/define.ts'
