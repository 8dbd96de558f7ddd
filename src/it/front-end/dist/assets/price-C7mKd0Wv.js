export function price(euro) {
  return `${euro.toFixed(2)} €`;
}
