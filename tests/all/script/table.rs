//! The table of words: what help and reference page show must be what the parser reads.

use hustings::scenario::keywords::{KeywordPosition, WORDS, find};
use hustings::scenario::script::parse;

#[test]
fn every_example_of_the_table_is_read_and_uses_its_word() {
    for word in WORDS {
        let grouped = format!("group orders on 1 2 3\n{}", word.example);
        let timed = format!("detector heartbeat every 100ms timeout 350ms\n{}", word.example);
        let reads = [word.example, &grouped, &timed].into_iter().any(|text| parse(text).is_ok());
        assert!(reads, "{}: {:?}", word.example, parse(word.example));
        assert!(word.example.contains(word.word), "{} is not in {}", word.word, word.example);
    }
}

#[test]
fn no_word_is_in_the_table_twice() {
    for word in WORDS {
        let first = find(word.kind, word.word);
        assert!(first.is_some_and(|first| first.key == word.key), "{}", word.word);
        let of_kind = WORDS.iter().filter(|other| other.kind == word.kind);
        assert_eq!(of_kind.filter(|other| other.word == word.word).count(), 1, "{}", word.word);
    }
}

#[test]
fn every_word_says_in_a_sentence_what_it_means() {
    for word in WORDS.iter().filter(|word| word.kind != KeywordPosition::Unit) {
        assert!(word.means.ends_with(['.', '?', '!']), "{}: {}", word.word, word.means);
    }
}
