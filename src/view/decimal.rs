//! Numbers as a drawing needs them: two decimals, no trailing zeros. The standard formatting of
//! floats would weigh ten times as much in the browser.

use std::fmt;

/// Rounded to hundredths: `12`, `0.5`, `-3.25`. Beyond 90 trillion it stops growing.
pub fn decimal(value: f64) -> impl fmt::Display {
    let hundredths = (value.abs() * 100.0 + 0.5) as u64;
    let sign = if value < 0.0 && hundredths > 0 { "-" } else { "" };
    fmt::from_fn(move |f| {
        write!(f, "{sign}{}", hundredths / 100)?;
        match hundredths % 100 {
            0 => Ok(()),
            tenths if tenths.is_multiple_of(10) => write!(f, ".{}", tenths / 10),
            rest => write!(f, ".{rest:02}"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn a_number_is_written_with_no_more_decimals_than_needed() {
        let written = |value| decimal(value).to_string();
        assert_eq!(written(12.0), "12");
        assert_eq!(written(0.5), "0.5");
        assert_eq!(written(-3.254), "-3.25");
        assert_eq!(written(-0.001), "0");
        assert_eq!(written(7.009), "7.01");
    }
}
