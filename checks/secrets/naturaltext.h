// Whether a value reads like words: names of variables and of files, sentences, paths. Random keys do not.
#pragma once

#include <string_view>

namespace cockpit {

// For rules that know a value only by the name that it is given to ("password: …"). A pair-of-letters model, learnt
// from words that stand in programs, and a list of such words: one of five letters or more inside is enough. Letters
// beyond ASCII are a language's, and a capital before small letters alone is a word of one. Values with fewer than six
// letters beside each other say nothing and count as not natural, and so do hexadecimal ones.
bool readsLikeWords(std::string_view value);

// For names that only secrets are given to ("JWT_SECRET=…"), and for whole forms: a word inside is not enough. What the
// words of the list, of settings and of advice leave over decides: fewer than twelve letters and digits, or letters
// that read like a language. "django-insecure-" before fifty random characters is no word then.
bool isMadeOfWords(std::string_view value);

} // namespace cockpit
