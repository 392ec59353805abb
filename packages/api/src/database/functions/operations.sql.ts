/** What the record needs beside the functions that write it (docs/adr/0026). */
export default []
