//! Points on the Earth become marks on a drawing: projected, gathered where they crowd, named where a name has room.
//! Draws from points alone: no outline, no coast, no border. Only numbers; words and tags are the theme's.

use super::facets::province_slug;
use crate::diagnostic::Lang;
use crate::site::place::kilometres;
use serde::Serialize;

/// The folder of the map, and of the map of one province inside it.
pub fn map_path(lang: Lang, province: Option<&str>) -> String {
    let folder = format!("{lang}/{}/", if lang == Lang::VI { "ban-do" } else { "map" });
    province.map_or_else(|| folder.clone(), |province| format!("{folder}{}/", province_slug(province)))
}

/// The width of a drawing in its own units; on a phone of 360 px a unit is about a pixel.
pub const WIDTH: f64 = 360.0;
/// A drawing is at most this high, and at least this.
const HEIGHTS: (f64, f64) = (240.0, 620.0);
/// Room at the edges, for the figures of the graticule and for names.
const EDGE: f64 = 34.0;
/// At the least so many degrees of latitude are shown: about 3 km.
const LEAST: f64 = 0.03;
/// From so many degrees of latitude on, a drawing is of the whole nation.
const NATION: f64 = 5.0;
/// What a drawing of the nation shows at the least: south, west, north, east, from Cà Mau and the islands to Hà Giang.
const EXTENT: [f64; 4] = [7.0, 102.0, 23.5, 116.0];
/// Hoàng Sa and Trường Sa, about the middle of each archipelago.
const ISLANDS: [(&str, f64, f64); 2] = [("Hoàng Sa", 16.5, 112.0), ("Trường Sa", 10.0, 114.3)];
/// Steps of a graticule in minutes of arc.
const STEPS: [f64; 9] = [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 240.0];
/// Lengths of a scale bar in kilometres.
const LENGTHS: [f64; 9] = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0];
/// The advance of a letter and the height of a line of a name, in units.
const LETTER: f64 = 7.0;
const LINE: f64 = 14.0;

/// Something to be shown at a point.
pub struct Spot<'a> {
    /// Latitude and longitude in degrees.
    pub point: (f64, f64),
    /// How much stands there: the larger is named first and gathers the smaller.
    pub weight: usize,
    /// What it is called.
    pub name: &'a str,
}

/// A mark on the drawing.
#[derive(Serialize, Debug)]
pub struct Mark {
    /// To the right, in units.
    pub x: f64,
    /// Downwards, in units.
    pub y: f64,
    /// How large its circle is.
    pub radius: f64,
    /// Which spots stand there, the largest first.
    #[serde(skip)]
    pub spots: Vec<usize>,
    /// Where its name begins or ends, and which of both; nothing where there is no room.
    pub label: Option<(f64, f64, &'static str)>,
}

/// A line of the graticule.
#[derive(Serialize, Debug)]
pub struct Line {
    /// Its place: from the left for a meridian, from above for a parallel.
    pub at: f64,
    /// "106°20′".
    pub figure: String,
}

/// A drawing, ready to be worded.
#[derive(Serialize, Debug)]
pub struct Drawing {
    /// In units.
    pub width: f64,
    /// In units.
    pub height: f64,
    /// Lines from north to south.
    pub meridians: Vec<Line>,
    /// Lines from west to east.
    pub parallels: Vec<Line>,
    /// The scale bar: its length in units and in kilometres.
    pub scale: (f64, f64),
    /// The archipelagos, on every drawing of the nation: name and place.
    pub islands: Vec<(&'static str, f64, f64)>,
}

/// The part of the Earth on a drawing: latitude grows upwards, a degree of longitude is as wide as it is at the middle.
struct Frame {
    south: f64,
    west: f64,
    north: f64,
    east: f64,
    /// Units in a degree of latitude and of longitude.
    unit: (f64, f64),
    height: f64,
}

fn round(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

impl Frame {
    fn around(points: &[(f64, f64)]) -> Option<Self> {
        let first = points.first()?;
        let (mut south, mut west, mut north, mut east) = (first.0, first.1, first.0, first.1);
        for (latitude, longitude) in points {
            (south, north) = (south.min(*latitude), north.max(*latitude));
            (west, east) = (west.min(*longitude), east.max(*longitude));
        }
        if north - south > NATION {
            (south, west) = (south.min(EXTENT[0]), west.min(EXTENT[1]));
            (north, east) = (north.max(EXTENT[2]), east.max(EXTENT[3]));
        }
        let shrink = f64::midpoint(south, north).to_radians().cos();
        // The narrower side is widened until the drawing is neither a ribbon nor a tower.
        let (low, high) = (HEIGHTS.0 - 2.0 * EDGE, HEIGHTS.1 - 2.0 * EDGE);
        let inner = WIDTH - 2.0 * EDGE;
        let tall = (north - south).max(LEAST);
        let wide = ((east - west) * shrink).max(LEAST).max(tall * inner / high);
        let tall = tall.max(wide * low / inner);
        let (middle, centre) = (f64::midpoint(south, north), f64::midpoint(west, east));
        let unit = inner / wide;
        Some(Self {
            south: middle - tall / 2.0,
            north: middle + tall / 2.0,
            west: centre - wide / shrink / 2.0,
            east: centre + wide / shrink / 2.0,
            unit: (unit, unit * shrink),
            height: tall * unit + 2.0 * EDGE,
        })
    }

    fn place(&self, (latitude, longitude): (f64, f64)) -> (f64, f64) {
        (EDGE + (longitude - self.west) * self.unit.1, EDGE + (self.north - latitude) * self.unit.0)
    }

    fn lines(&self, from: f64, to: f64, place: impl Fn(f64) -> f64) -> Vec<Line> {
        let minutes = (to - from) * 60.0;
        let Some(step) = STEPS.iter().find(|step| minutes / **step <= 4.5) else { return Vec::new() };
        let (first, last) = ((from * 60.0 / step).ceil() as i64, (to * 60.0 / step).floor() as i64);
        (first..=last)
            .map(|count| {
                let minutes = (count as f64 * step) as i64;
                let (whole, rest) = (minutes / 60, minutes % 60);
                let figure = if rest == 0 { format!("{whole}°") } else { format!("{whole}°{rest:02}′") };
                Line { at: round(place(minutes as f64 / 60.0)), figure }
            })
            .collect()
    }
}

/// A drawing with every spot on it. `apart` is how many units two marks must be apart, `most` how many there may be.
/// `None` without a spot. Groups of spots are laid one over the other, each gathered and named for itself, earlier
/// groups keeping clear of no one, later ones of the names already set.
pub fn draw(groups: &[&[Spot<'_>]], apart: f64, most: usize) -> Option<(Drawing, Vec<Vec<Mark>>)> {
    let points: Vec<(f64, f64)> =
        groups.iter().flat_map(|group| group.iter().map(|spot| spot.point)).collect();
    let frame = Frame::around(&points)?;
    let mut marks: Vec<Vec<Mark>> = groups.iter().map(|group| gather(&frame, group, apart, most)).collect();
    let islands: Vec<(&str, f64, f64)> = if frame.north - frame.south > NATION {
        let place = |(name, latitude, longitude): (&'static str, f64, f64)| {
            let (x, y) = frame.place((latitude, longitude));
            (name, round(x), round(y))
        };
        ISLANDS.into_iter().map(place).collect()
    } else {
        Vec::new()
    };
    let mut taken: Vec<Block> =
        islands.iter().map(|(_, x, y)| Block::new(x - 30.0, y - 10.0, 60.0, 34.0)).collect();
    taken.extend(marks.iter().flatten().map(|mark| {
        Block::new(mark.x - mark.radius, mark.y - mark.radius, 2.0 * mark.radius, 2.0 * mark.radius)
    }));
    // The foot of the drawing is the scale bar's.
    taken.push(Block::new(0.0, frame.height - 26.0, WIDTH, 26.0));
    let middle = f64::midpoint(frame.south, frame.north);
    let degree = kilometres((middle - 0.5, frame.west), (middle + 0.5, frame.west));
    let length = LENGTHS.iter().rev().find(|km| **km / degree * frame.unit.0 <= 90.0).unwrap_or(&LENGTHS[0]);
    let meridians = frame.lines(frame.west, frame.east, |at| frame.place((middle, at)).0);
    let parallels = frame.lines(frame.south, frame.north, |at| frame.place((at, frame.west)).1);
    taken.extend(meridians.iter().map(|line| Block::new(line.at, 0.0, EDGE + 4.0, LINE)));
    taken.extend(parallels.iter().map(|line| Block::new(0.0, line.at - LINE, EDGE, LINE)));
    for (group, marks) in groups.iter().zip(&mut marks) {
        name(group, marks, frame.height, &mut taken);
    }
    let drawing = Drawing {
        width: WIDTH,
        height: frame.height.round(),
        meridians,
        parallels,
        scale: (round(length / degree * frame.unit.0), *length),
        islands,
    };
    Some((drawing, marks))
}

/// The marks of a group: each spot joins the first mark that is too near, the largest spots first. Where there are too
/// many marks, they keep farther apart.
fn gather(frame: &Frame, spots: &[Spot<'_>], apart: f64, most: usize) -> Vec<Mark> {
    let mut order: Vec<usize> = (0..spots.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(spots[*at].weight), *at));
    let mut apart = apart;
    loop {
        let mut marks: Vec<Mark> = Vec::new();
        for &at in &order {
            let (x, y) = frame.place(spots[at].point);
            let near = marks.iter_mut().find(|mark| (mark.x - x).hypot(mark.y - y) < apart);
            match near {
                Some(mark) => mark.spots.push(at),
                None => marks.push(Mark { x, y, radius: 0.0, spots: vec![at], label: None }),
            }
        }
        if marks.len() <= most || apart > WIDTH {
            for mark in &mut marks {
                let weight: usize = mark.spots.iter().map(|at| spots[*at].weight).sum();
                mark.radius = round((8.0 + 1.6 * (weight as f64).sqrt()).min(apart / 2.0));
                (mark.x, mark.y) = (round(mark.x), round(mark.y));
            }
            return marks;
        }
        apart *= 1.25;
    }
}

/// A rectangle that is taken.
#[derive(Clone, Copy)]
struct Block {
    x: f64,
    y: f64,
    right: f64,
    bottom: f64,
}

impl Block {
    const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, right: x + width, bottom: y + height }
    }

    fn meets(&self, other: &Self) -> bool {
        self.x < other.right && other.x < self.right && self.y < other.bottom && other.y < self.bottom
    }
}

/// Gives each mark its name where there is room: to the right, to the left, below, above, then between these.
fn name(spots: &[Spot<'_>], marks: &mut [Mark], height: f64, taken: &mut Vec<Block>) {
    for mark in marks {
        let Some(first) = mark.spots.first() else { continue };
        let width = spots[*first].name.chars().count() as f64 * LETTER;
        let (x, y, gap) = (mark.x, mark.y, mark.radius + 3.0);
        let (middle, slant) = (x - width / 2.0, mark.radius * 0.75 + 1.0);
        let places = [
            (x + gap, y + 4.0, "start", Block::new(x + gap, y - LINE / 2.0, width, LINE)),
            (x - gap, y + 4.0, "end", Block::new(x - gap - width, y - LINE / 2.0, width, LINE)),
            (x, y + gap + 9.0, "middle", Block::new(middle, y + gap - 1.0, width, LINE)),
            (x, y - gap - 1.0, "middle", Block::new(middle, y - gap - LINE + 2.0, width, LINE)),
            (x + slant, y + slant + 8.0, "start", Block::new(x + slant, y + slant - 2.0, width, LINE)),
            (x + slant, y - slant, "start", Block::new(x + slant, y - slant - 10.0, width, LINE)),
            (x - slant, y + slant + 8.0, "end", Block::new(x - slant - width, y + slant - 2.0, width, LINE)),
            (x - slant, y - slant, "end", Block::new(x - slant - width, y - slant - 10.0, width, LINE)),
        ];
        let fits = |block: &Block| {
            block.x >= 2.0
                && block.right <= WIDTH - 2.0
                && block.y >= 2.0
                && block.bottom <= height
                && !taken.iter().any(|other| other.meets(block))
        };
        if let Some((x, y, anchor, block)) = places.into_iter().find(|(.., block)| fits(block)) {
            mark.label = Some((round(x), round(y), anchor));
            taken.push(block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spots(count: usize, step: f64) -> Vec<Spot<'static>> {
        let at = |n: usize| (20.5 + (n % 20) as f64 * step, 106.0 + (n / 20) as f64 * step);
        (0..count).map(|n| Spot { point: at(n), weight: 1 + n % 3, name: "Mao Điền" }).collect()
    }

    #[test]
    fn marks_keep_apart_and_none_is_lost() {
        for (count, step) in [(1, 0.1), (30, 0.05), (400, 0.02), (400, 0.000_1)] {
            let spots = spots(count, step);
            let (drawing, marks) = draw(&[&spots], 26.0, 48).unwrap();
            assert!(marks[0].len() <= 48, "{count}");
            let mut seen: Vec<usize> = marks[0].iter().flat_map(|mark| mark.spots.clone()).collect();
            seen.sort_unstable();
            assert_eq!(seen, (0..count).collect::<Vec<_>>());
            for (at, mark) in marks[0].iter().enumerate() {
                assert!((0.0..=drawing.width).contains(&mark.x) && (0.0..=drawing.height).contains(&mark.y));
                let far = |other: &Mark| (other.x - mark.x).hypot(other.y - mark.y) > 25.0;
                assert!(marks[0][at + 1..].iter().all(far));
            }
            assert!((HEIGHTS.0 - 1.0..=HEIGHTS.1 + 1.0).contains(&drawing.height), "{}", drawing.height);
            assert!(!drawing.meridians.is_empty() && !drawing.parallels.is_empty());
        }
        assert!(draw(&[&[]], 26.0, 48).is_none());
    }

    #[test]
    fn a_drawing_of_the_nation_always_shows_both_archipelagos() {
        let far = [(22.8, 105.0), (9.2, 105.1)].map(|point| Spot { point, weight: 1, name: "" });
        let (drawing, _) = draw(&[&far], 26.0, 48).unwrap();
        assert_eq!(
            drawing.islands.iter().map(|(name, ..)| *name).collect::<Vec<_>>(),
            ["Hoàng Sa", "Trường Sa"]
        );
        for (name, x, y) in drawing.islands {
            assert!(
                (20.0..WIDTH - 20.0).contains(&x) && (20.0..drawing.height - 20.0).contains(&y),
                "{name}"
            );
        }
        assert!(draw(&[&spots(30, 0.05)], 26.0, 48).unwrap().0.islands.is_empty());
    }

    #[test]
    fn the_scale_bar_is_as_long_as_it_says() {
        let spots = [(20.5, 106.0), (21.0, 106.4)].map(|point| Spot { point, weight: 1, name: "" });
        let (drawing, marks) = draw(&[&spots], 1.0, 48).unwrap();
        let units = (marks[0][0].x - marks[0][1].x).hypot(marks[0][0].y - marks[0][1].y);
        let real = kilometres((20.5, 106.0), (21.0, 106.4));
        let told = units / drawing.scale.0 * drawing.scale.1;
        assert!((told - real).abs() / real < 0.01, "{told} for {real}");
    }
}
