//! The frame of a plaque: a strong line, a fine line within, and a square meander (hồi văn) in each corner.
//! Points and widths in millimetres from the upper left corner of the cut plate; draws nothing itself.

/// A line of the frame.
pub struct Stroke {
    /// Its corners.
    pub points: Vec<(f32, f32)>,
    /// How thick it is.
    pub width: f32,
    /// Whether the last point joins the first.
    pub closed: bool,
}

/// The strong line, the fine line, and from the strong line to the fine one.
const STRONG: f32 = 0.9;
const FINE: f32 = 0.4;
const BETWEEN: f32 = 2.0;
/// How far the sides of a frame reach inward from its inset; its corners reach farther.
pub const DEPTH: f32 = BETWEEN + FINE / 2.0;
/// A step of the meander.
const STEP: f32 = 1.4;

/// A corner's square, cut out of the fine line, and the meander that stands in it, in steps from the corner inward.
const CUT: f32 = 6.0;
const MEANDER: [(f32, f32); 8] =
    [(4.5, 0.0), (0.0, 0.0), (0.0, 4.5), (4.5, 4.5), (4.5, 1.5), (1.5, 1.5), (1.5, 3.0), (3.0, 3.0)];

/// The lines of a frame `inset` from the edges of a plate.
pub fn frame(width: f32, height: f32, inset: f32) -> Vec<Stroke> {
    let near = inset;
    let outer =
        vec![(near, near), (width - near, near), (width - near, height - near), (near, height - near)];
    let mut strokes = vec![Stroke { points: outer, width: STRONG, closed: true }];
    let fine = inset + BETWEEN;
    // Clockwise from the upper left, each with the way inward.
    let corners = [
        (fine, fine, 1.0, 1.0),
        (width - fine, fine, -1.0, 1.0),
        (width - fine, height - fine, -1.0, -1.0),
        (fine, height - fine, 1.0, -1.0),
    ];
    let mut inner = Vec::new();
    for (n, (x, y, across, down)) in corners.into_iter().enumerate() {
        let at = |&(right, under): &(f32, f32)| (x + across * right * STEP, y + down * under * STEP);
        strokes.push(Stroke { points: MEANDER.iter().map(at).collect(), width: FINE, closed: false });
        let mut cut = [(0.0, CUT), (CUT, CUT), (CUT, 0.0)];
        if n % 2 == 1 {
            cut.reverse();
        }
        inner.extend(cut.iter().map(at));
    }
    strokes.push(Stroke { points: inner, width: FINE, closed: true });
    strokes
}
