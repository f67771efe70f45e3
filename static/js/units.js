// What is saved as one: a field, or all rows of a measure.
export function unitOf(name) {
  return name.replace(/^(measure-.+)-(\d+-(label|numerator|denominator)|[A-Z_]+_FORMS)$/, "$1");
}
