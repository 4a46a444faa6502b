//! How many symbols a second are drawn and read back: `cargo bench --bench symbols`.
//! Addresses of different ids, on one thread and on all; the parts of a symbol apart, in microseconds each, on one.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)] // a bench asks the clock, and tells

use dautich::code::read_back::{Proven, read_back};
use dautich::code::{Id, Symbol};
use rayon::prelude::*;
use std::hint::black_box;
use std::time::Instant;

/// How many symbols are made a run; runs, of which the middle one counts.
const COUNT: usize = 8_000;
const RUNS: usize = 5;

fn main() {
    let addresses: Vec<String> =
        ids().take(COUNT).map(|id| format!("https://HAIDUONG.DAUTICH.EXAMPLE/Q/{id}/")).collect();
    let proven = |text: &String| Proven::new(&Symbol::encode(text).unwrap(), text).unwrap();
    let symbols: Vec<Symbol> = addresses.iter().map(|text| Symbol::encode(text).unwrap()).collect();
    let outlines: Vec<_> = symbols.iter().map(Symbol::outline).collect();
    let each = |seconds: f64| seconds / COUNT as f64 * 1e6;

    let encode = seconds(|| addresses.iter().for_each(|text| drop(black_box(Symbol::encode(text)))));
    let outline = seconds(|| symbols.iter().for_each(|symbol| drop(black_box(symbol.outline()))));
    let read = seconds(|| outlines.iter().for_each(|outline| drop(black_box(read_back(outline)))));
    println!(
        "encode {:.0} us, outline {:.0} us, read back {:.0} us",
        each(encode),
        each(outline),
        each(read)
    );

    let one = seconds(|| addresses.iter().for_each(|text| drop(black_box(proven(text)))));
    let all = seconds(|| addresses.par_iter().for_each(|text| drop(black_box(proven(text)))));
    let threads = rayon::current_num_threads();
    println!("drawn and read back: {:.0} a second on one thread", COUNT as f64 / one);
    println!("drawn and read back: {:.0} a second on {threads} threads", COUNT as f64 / all);
}

/// Ids in a fixed order, each with its check character.
fn ids() -> impl Iterator<Item = Id> {
    let digits = |n: u32| [0, 1, 2, 3, 4].map(|place| (n / 29_u32.pow(place) % 29) as u8);
    (1_u32..).filter_map(move |n| Id::from_draw(digits(n * 2_503)))
}

/// How long it takes, in seconds: the middle of some runs.
fn seconds(work: impl Fn()) -> f64 {
    let mut taken: Vec<f64> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed().as_secs_f64()
        })
        .collect();
    taken.sort_by(f64::total_cmp);
    taken[RUNS / 2]
}
