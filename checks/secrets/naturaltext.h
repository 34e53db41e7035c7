// Whether a value reads like words: names of variables and of files, sentences, paths. Random keys do not.
#pragma once

#include <string_view>

namespace cockpit {

// One model answers both questions below: the surprise of each letter behind the one before it, learnt from words that
// stand in programs, and a list of such words. Letters beyond ASCII are a language's; names that are joined as programs
// join them ("self.pwd") are words; hexadecimal values and those with fewer than six letters beside each other say
// nothing and count as none. There are two limits, because the two questions cost differently when they are answered
// wrongly: beside a common name most values are no keys, and each one that is taken for a key is a false alarm; beside
// a name of secrets, or in a key's whole form, most are keys, and each one that is taken for words is missed.

// Whether there are words in it. For rules that know a value only by the name that it is given to ("password: …"): one
// word of five letters or more inside is enough, and so is a capital before small letters alone.
bool readsLikeWords(std::string_view value);

// Whether there is nothing else in it. For names that only secrets are given to ("JWT_SECRET=…"), and for whole forms.
// What the words of the list, of settings and of advice leave over decides: fewer than twelve letters and digits, or
// letters that read like a language. "django-insecure-" before fifty random characters is no word then.
bool isMadeOfWords(std::string_view value);

} // namespace cockpit
