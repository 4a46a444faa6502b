//! The passwords of Wi-Fi networks whose codes are printed: `wifi.yaml`, a file that stays out of every repository.

use crate::build::articles;
use crate::build::source::Source;
use crate::code::wifi::{Security, payload};
use crate::diagnostic::rules::{facts, plates};
use crate::diagnostic::{Diagnostic, Failure, Text};
use crate::site::Entry;
use crate::site::fields::read_file;
use crate::vietnam::folding::nearest;
use jiff::civil::Date;

/// The name of the file, at the site's root.
pub const FILE: &str = "wifi.yaml";

/// Names of networks, each with its password.
#[derive(Default)]
pub struct Networks(Vec<(String, String)>);

impl Networks {
    /// The networks of the site's `wifi.yaml`, none where there is no such file; and what is wrong in it.
    ///
    /// # Errors
    /// Where the machine refuses to read.
    pub fn read(source: &Source, today: Date) -> Result<(Self, Vec<Diagnostic>), Failure> {
        let text = match articles::text_if_there(source, FILE)? {
            Ok(Some(text)) => text,
            Ok(None) => return Ok((Self::default(), Vec::new())),
            Err(finding) => return Ok((Self::default(), vec![*finding])),
        };
        let (networks, found) = read_file(FILE, &text, &[], today, |fields| {
            fields.list("networks", |fields| {
                let name = Text::new("tên mạng", "the network's name");
                let ssid = fields.required_text("ssid", &name);
                let password = fields.required_text("password", &Text::new("mật khẩu", "its password"));
                Some((ssid?.value, password?.value))
            })
        });
        Ok((Self(networks.unwrap_or_default()), found))
    }

    /// What the code beside an entry's own holds, and the name of the network it joins.
    ///
    /// # Errors
    /// A finding where the entry names no network, or the network cannot be joined by a code.
    pub fn payload<'e>(&self, entry: &'e Entry) -> Result<(String, &'e str), Box<Diagnostic>> {
        let lacks = |why: Text| Box::new(plates::no_wifi(&why).in_file(entry.file()));
        let Some((ssid, security)) = entry.wifi() else {
            return Err(lacks(Text::new(
                "bài chưa ghi `wifi: {ssid: …}`",
                "the entry has no `wifi: {ssid: …}`",
            )));
        };
        let written = security.unwrap_or("WPA");
        let names = || Security::NAMES.iter().map(|(name, _)| *name);
        let Some((_, security)) = Security::NAMES.iter().find(|(name, _)| *name == written) else {
            let known = names().collect::<Vec<_>>().join(", ");
            let finding = facts::not_a_choice("security", written, nearest(written, names()), &known);
            return Err(Box::new(finding.in_file(entry.file())));
        };
        let password = self.0.iter().find(|(name, _)| name == ssid).map(|(_, password)| password.as_str());
        match (security, password) {
            _ if ssid.len() > 32 => Err(lacks(Text::new(
                format!("tên mạng `{ssid}` dài hơn 32 byte"),
                format!("the network's name `{ssid}` is longer than 32 bytes"),
            ))),
            (Security::Open, _) => Ok((payload(ssid, Security::Open, ""), ssid)),
            (_, None) => Err(lacks(Text::new(
                format!("wifi.yaml không có mật khẩu của mạng `{ssid}`"),
                format!("wifi.yaml has no password for the network `{ssid}`"),
            ))),
            (Security::Wpa, Some(password)) if !(8..=63).contains(&password.len()) => Err(lacks(Text::new(
                format!("mật khẩu của mạng `{ssid}` phải dài 8 đến 63 ký tự"),
                format!("the password of the network `{ssid}` must have 8 to 63 characters"),
            ))),
            (security, Some(password)) => Ok((payload(ssid, *security, password), ssid)),
        }
    }
}
