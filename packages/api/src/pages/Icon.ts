/** The mark of the service, in its colours. */
export const icon =
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><style>.g{fill:#17613f}.m{stroke:#fff}@media (prefers-color-scheme:dark){.g{fill:#7fd3a8}.m{stroke:#0b2417}}</style><rect class="g" width="24" height="24" rx="6.5"/><path class="m" d="m6.8 12.4 3.5 3.5 7-7.4" fill="none" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/></svg>
`
