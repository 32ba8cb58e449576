/** A double as Go prints it where it is made a text. */
export function printDouble(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : `${value > 0 ? '+' : '-'}Inf`;
  }
  const [digits = '', power] = value.toString().split('e');
  const exponent = power === undefined ? undefined : Number(power);
  return exponent === undefined
    ? digits
    : `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
