import { css } from '../shared/reactive.ts'

/** On paper: the list of a day, and nothing else of the desk. Names and numbers have no place on a printer's tray. */
export const print = css`
  @media print {
    .root { height: auto; min-height: 0; border: 0; background: none; color: #000; font-size: 10pt; }
    header, .bands, .said, .keys, .tabs, .columns, .unprinted, .wide > :not(.scroll:has(.day), #page-title:has(~ .scroll .day)) { display: none !important; }
    main.wide { padding: 0; overflow: visible; }
    .scroll { overflow: visible; }
    th, td { padding: 3pt 6pt; border-bottom: 0.5pt solid #000; }
    thead { display: table-header-group; }
    tr { break-inside: avoid; }
  }
`
