/** CODATA 2018. */
export const FARADAY_C_per_mol = 96485.33212
export const GAS_J_per_mol_K = 8.314462618
