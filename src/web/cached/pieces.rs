//! The bytes of a whole answer, handed over piece by piece: what a connection copies of a long one stays small, however
//! slowly its client takes it.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};

/// How long a piece is at most, in bytes: nearly every page is one.
const LONGEST: usize = 64 << 10;

/// What is left to hand over.
#[derive(Debug, Default)]
pub struct Pieces(Bytes);

impl From<Bytes> for Pieces {
    fn from(whole: Bytes) -> Self {
        Self(whole)
    }
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let left = &mut self.get_mut().0;
        let piece = left.split_to(left.len().min(LONGEST));
        Poll::Ready((!piece.is_empty()).then(|| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    #[tokio::test]
    async fn all_of_it_comes_in_pieces_that_are_not_long() {
        for length in [0, 1, LONGEST, LONGEST + 1, 3 * LONGEST] {
            let whole: Bytes = (0..=250).cycle().take(length).collect();
            let mut body = Pieces::from(whole.clone());
            assert_eq!(body.size_hint().exact(), Some(length as u64));
            let mut got = Vec::new();
            while let Some(frame) = body.frame().await {
                let piece = frame.unwrap().into_data().unwrap();
                assert!(!piece.is_empty() && piece.len() <= LONGEST);
                got.extend_from_slice(&piece);
            }
            assert_eq!(got, whole);
            assert!(body.is_end_stream());
        }
    }
}
