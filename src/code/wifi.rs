//! What a phone reads to join a Wi-Fi network (the form that ZXing began and phones read since).

/// How a network is locked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Security {
    /// WPA, WPA2 or WPA3 with a password of 8 to 63 characters.
    Wpa,
    /// The old WEP.
    Wep,
    /// No password.
    Open,
}

impl Security {
    /// Every lock by the name it has in a head.
    pub const NAMES: [(&'static str, Self); 3] =
        [("WPA", Self::Wpa), ("WEP", Self::Wep), ("nopass", Self::Open)];
}

/// The text of a symbol that joins a network; `password` is left out of one without a lock.
pub fn payload(ssid: &str, security: Security, password: &str) -> String {
    let name = escaped(ssid);
    match security {
        Security::Open => format!("WIFI:T:nopass;S:{name};;"),
        Security::Wpa => format!("WIFI:T:WPA;S:{name};P:{};;", escaped(password)),
        Security::Wep => format!("WIFI:T:WEP;S:{name};P:{};;", escaped(password)),
    }
}

/// A backslash before each sign that has a meaning of its own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    for c in text.chars() {
        if matches!(c, '\\' | ';' | ',' | '"' | ':') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_with_a_meaning_are_escaped() {
        assert_eq!(
            payload("Den Bia", Security::Wpa, "a;b,c:d\"e\\f"),
            r#"WIFI:T:WPA;S:Den Bia;P:a\;b\,c\:d\"e\\f;;"#
        );
        assert_eq!(payload("Khách", Security::Open, "x"), "WIFI:T:nopass;S:Khách;;");
    }
}
