//! Quantities: what `500m`, `1Gi` and `2e3` are worth, and how the server writes them.
//!
//! Source: k8s.io/apimachinery `pkg/api/resource`.

/// A quantity in billionths, the finest unit that is kept, and how it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Quantity {
    billionths: i128,
    notation: Notation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Notation {
    /// `k`, `M`, `G`, …
    Decimal,
    /// `Ki`, `Mi`, `Gi`, …
    Binary,
    /// `e3`
    Exponent,
}

/// One whole unit.
const ONE: i128 = 1_000_000_000;
const DECIMAL: &[&str] = &["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const BINARY: &[&str] = &["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

impl Quantity {
    /// Reads a quantity.
    ///
    /// # Errors
    /// What is wrong with `text`, in the server's words.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        const MALFORMED: &str = "quantities must match the regular expression \
            '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
        let text = text.trim();
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let end = digits.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(digits.len());
        let (number, suffix) = digits.split_at(end);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
            return Err(MALFORMED);
        }
        let is_suffix = |c: char| "eEinumkKMGTP+-".contains(c) || c.is_ascii_digit();
        if !suffix.chars().all(is_suffix) {
            return Err(MALFORMED);
        }
        let (unit, notation) = unit(suffix).ok_or("unable to parse quantity's suffix")?;
        let number = format!("{whole}{fraction}");
        let number: i128 = number.parse().map_err(|_| MALFORMED)?;
        let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).map_err(|_| MALFORMED)?);
        let scaled = number.checked_mul(unit).zip(scale).ok_or(MALFORMED)?;
        // What is finer than a billionth is rounded up.
        let billionths = sign * scaled.0.div_euclid(scaled.1)
            + sign * i128::from(scaled.0.rem_euclid(scaled.1) != 0);
        Ok(Self { billionths, notation })
    }

    /// The value alone, to compare quantities by.
    pub(crate) fn value(self) -> i128 {
        self.billionths
    }

    /// The shortest exact form in the notation that was used: `1000m` is `1`.
    pub(crate) fn canonical(self) -> String {
        let is_small = self.billionths.abs() < 1024 * ONE;
        match self.notation {
            _ if self.billionths == 0 => "0".to_owned(),
            Notation::Binary if !is_small && self.billionths % ONE == 0 => self.in_binary(),
            Notation::Exponent => match self.thousands() {
                (number, 3) => number.to_string(),
                // The units are powers of a thousand, counted from the billionth.
                (number, unit) => format!("{number}e{}", (unit as i32 - 3) * 3),
            },
            _ => {
                let (number, unit) = self.thousands();
                format!("{number}{}", DECIMAL[unit])
            }
        }
    }

    fn in_binary(self) -> String {
        let (mut number, mut unit) = (self.billionths / ONE, 0);
        while number % 1024 == 0 && unit + 1 < BINARY.len() {
            number /= 1024;
            unit += 1;
        }
        format!("{number}{}", BINARY[unit])
    }

    /// The number and the unit, counted in thousands from the billionth.
    fn thousands(self) -> (i128, usize) {
        let (mut number, mut unit) = (self.billionths, 0);
        while number % 1000 == 0 && unit + 1 < DECIMAL.len() {
            number /= 1000;
            unit += 1;
        }
        (number, unit)
    }
}

/// What a suffix is worth in billionths.
fn unit(suffix: &str) -> Option<(i128, Notation)> {
    let power = |index: usize| u32::try_from(index).ok();
    if let Some(index) = DECIMAL.iter().position(|known| *known == suffix) {
        return Some((1000_i128.pow(power(index)?), Notation::Decimal));
    }
    if let Some(index) = BINARY.iter().position(|known| *known == suffix) {
        return Some((ONE * 1024_i128.pow(power(index)?), Notation::Binary));
    }
    let exponent: i32 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
    let power = u32::try_from(exponent + 9).ok().filter(|power| *power <= 27)?;
    Some((10_i128.pow(power), Notation::Exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_take_their_canonical_form() {
        for (written, canonical) in [
            ("1000m", "1"),
            ("100m", "100m"),
            ("0.5", "500m"),
            ("1000", "1k"),
            ("1500", "1500"),
            ("1500k", "1500k"),
            ("1024Mi", "1Gi"),
            ("64Mi", "64Mi"),
            ("0.5Gi", "512Mi"),
            ("512", "512"),
            ("0.5Ki", "512"),
            ("1e3", "1e3"),
            ("12e2", "1200"),
            ("0", "0"),
            ("0Mi", "0"),
            ("-1000m", "-1"),
            ("+2", "2"),
            ("0.0000000001", "1n"),
        ] {
            let read = Quantity::parse(written).expect("the quantity is well written");
            assert_eq!(read.canonical(), canonical, "{written}");
        }
    }

    #[test]
    fn what_is_no_quantity_is_refused() {
        for (written, wrong) in [
            ("abc", "quantities must match"),
            ("", "quantities must match"),
            ("1.2.3", "quantities must match"),
            ("1x", "quantities must match"),
            ("1KK", "unable to parse quantity's suffix"),
            ("1mm", "unable to parse quantity's suffix"),
        ] {
            let error = Quantity::parse(written).expect_err("this is no quantity");
            assert!(error.starts_with(wrong), "{written}: {error}");
        }
    }

    #[test]
    fn notations_compare_by_value() {
        let value = |text| Quantity::parse(text).expect("the quantity is well written").value();
        assert_eq!(value("1Ki"), value("1024"));
        assert!(value("1500m") < value("2"));
    }
}
