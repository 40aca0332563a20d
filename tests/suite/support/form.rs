//! A form as a browser would fill it in and send it, scripts off.

use scraper::ElementRef;

use super::answer::{Answer, css};
use super::browser::Browser;

/// A form, filled in as its page shows it.
#[derive(Debug, Clone)]
pub struct Form {
    action: String,
    fields: Vec<(String, String)>,
}

impl Form {
    /// The form that the selector finds.
    pub fn of(page: &Answer, selector: &str) -> Self {
        let html = page.html();
        let form = html.select(&css(selector)).next();
        let form = form.unwrap_or_else(|| panic!("{}: no {selector}", page.path));
        Self {
            action: form.attr("action").unwrap_or(&page.path).to_owned(),
            fields: form.select(&css("input, textarea, select")).filter_map(sent).collect(),
        }
    }

    /// What a field holds.
    pub fn get(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(found, _)| found == name);
        found.map_or_else(|| panic!("no field {name}"), |(_, value)| value)
    }

    /// The names of the fields, in their order.
    pub fn names(&self) -> Vec<&str> {
        self.fields.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The same, with something else in a field; a box that is ticked is added.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        match self.fields.iter_mut().find(|(found, _)| found == name) {
            Some((_, field)) => value.clone_into(field),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// The same, sent elsewhere.
    pub fn to(self, action: &str) -> Self {
        Self {
            action: action.to_owned(),
            ..self
        }
    }

    /// Sends it by the button of this value; by none where it is empty.
    pub async fn send(&self, browser: &Browser, deed: &str) -> Answer {
        let mut fields: Vec<(&str, &str)> = self
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        if !deed.is_empty() {
            fields.push(("do", deed));
        }
        browser.post(&self.action, &fields).await
    }
}

/// What a control sends, if it sends anything.
fn sent(control: ElementRef<'_>) -> Option<(String, String)> {
    let name = control.attr("name")?.to_owned();
    let value = match control.value().name() {
        "textarea" => {
            let words: String = control.text().collect();
            words.strip_prefix('\n').unwrap_or(&words).to_owned()
        }
        "select" => {
            let (chosen, first) = (css("option[selected]"), css("option"));
            let option = control
                .select(&chosen)
                .next()
                .or_else(|| control.select(&first).next())?;
            option.attr("value").unwrap_or_default().to_owned()
        }
        _ if ["checkbox", "radio"].contains(&control.attr("type").unwrap_or_default()) => {
            control.attr("checked")?;
            control.attr("value").unwrap_or("on").to_owned()
        }
        _ => control.attr("value").unwrap_or_default().to_owned(),
    };
    Some((name, value))
}
