//! The logos of a site: pictures in grey, in a row on what is printed, never over a symbol.

use std::sync::Arc;

/// What stays free between two logos, in millimetres.
const BETWEEN: f32 = 4.0;

/// A picture to print: grey, on white.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Logo {
    /// A byte a pixel, row by row; 0 is black.
    pub pixels: Arc<[u8]>,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl Logo {
    /// A picture of this size; `None` where the pixels are not so many.
    pub fn of(pixels: Vec<u8>, width: u32, height: u32) -> Option<Self> {
        let many = width > 0 && height > 0 && pixels.len() as u64 == u64::from(width) * u64::from(height);
        many.then(|| Self { pixels: pixels.into(), width, height })
    }
}

/// Where the logos stand in a box (left, top, width, height): side by side, as high as it, all smaller where they are too
/// wide, centred in its width.
pub fn row(logos: &[Logo], (left, top, width, height): (f32, f32, f32, f32)) -> Vec<(f32, f32, f32, f32)> {
    let wide = |logo: &Logo| logo.width as f32 / logo.height as f32 * height;
    let gaps = BETWEEN * logos.len().saturating_sub(1) as f32;
    let all: f32 = logos.iter().map(wide).sum();
    let scale = ((width - gaps) / all).min(1.0);
    let mut x = left + (width - gaps - all * scale) / 2.0;
    let place = |logo: &Logo| {
        let placed = (x, top, wide(logo) * scale, height * scale);
        x += placed.2 + BETWEEN;
        placed
    };
    logos.iter().map(place).collect()
}
