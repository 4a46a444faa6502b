//! What stops the program although the content is sound: a full disk, a missing right, a folder that is not ours.
//! Never used for what an editor wrote: that is a `Diagnostic`.

use super::lang::Text;
use std::io;
use std::path::Path;

/// Why a command could not do its work; it ends with exit code 4, or 2 where the command line was to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong, in both languages.
    pub message: Text,
    /// What to do about it.
    pub help: Text,
    /// Whether the command line asked for something impossible (exit code 2).
    pub usage: bool,
}

impl Failure {
    /// The machine failed (exit code 4).
    pub fn machine(message: Text, help: Text) -> Self {
        Self { message, help, usage: false }
    }

    /// The command line asked for something that cannot be (exit code 2).
    pub fn usage(message: Text, help: Text) -> Self {
        Self { message, help, usage: true }
    }

    /// An input or output error at a path, told by its kind.
    pub fn io(path: &Path, error: &io::Error) -> Self {
        let name = path.display();
        let (what, help) = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => (
                Text::new("đĩa đã đầy", "the disk is full"),
                Text::new(
                    "xóa bớt để có chỗ trống rồi chạy lại; những trang đã đăng vẫn nguyên vẹn",
                    "free some space and run it again; the pages already published are whole",
                ),
            ),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => (
                Text::new("không có quyền ghi hoặc đọc", "no right to read or write here"),
                Text::new(
                    "đóng chương trình đang mở tệp này, hoặc chọn thư mục khác",
                    "close the program that holds this file, or choose another folder",
                ),
            ),
            io::ErrorKind::NotFound => (
                Text::new("không tìm thấy", "not found"),
                Text::new("kiểm tra lại đường dẫn", "check the path"),
            ),
            _ => (
                Text::new(format!("máy báo lỗi: {error}"), format!("the machine says: {error}")),
                Text::new(
                    "chạy lại; nếu vẫn lỗi, thử một ổ đĩa khác",
                    "run it again; if it stays, try another disk",
                ),
            ),
        };
        let message = Text::new(format!("{name}: {}", what.vi), format!("{name}: {}", what.en));
        Self::machine(message, help)
    }
}
