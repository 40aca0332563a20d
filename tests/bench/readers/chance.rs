//! What nobody foresaw: numbers without a pattern, and addresses made of them.

/// Xorshift: any numbers will do, as long as they differ.
pub struct Chance(u64);

impl Chance {
    /// A seed is not zero.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub const fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.next() % all.len() as u64).unwrap()]
    }

    /// The address of a page that is not there, of a search, of an instant of the past, of a short link.
    pub fn unforeseen(&mut self) -> String {
        let number = self.next();
        match number % 4 {
            0 => format!("/fr/{number:x}"),
            1 => format!("/fr/recherche?q={number:x}"),
            2 => {
                let (month, day) = (number % 12 + 1, number / 12 % 28 + 1);
                format!("/en/as-of/2026-{month:02}-{day:02}/mission")
            }
            _ => format!("/d/{}", number % 100_000),
        }
    }
}
