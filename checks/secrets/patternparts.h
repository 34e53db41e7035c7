// What the patterns of many rules have in common: how a name goes on, and what stands between a name and its value.
#pragma once

#include <QByteArray>

namespace cockpit {

// The pattern with its parts filled in: {stage}, {end}, {given}, {before}, {set}, {quoted}, {named}, {typed},
// {fallback}, {block}, {apart}, {pair}, {call}, {curl}, {made}, {gap}, {ahead}, {signed:20}, {signed:40}
// (patternparts.cpp says what each is). Other braces stay.
QByteArray withParts(QByteArray pattern);

// A pattern that finds all that withParts() finds and a little more, for the search through everything: what stands
// between a name and its value is any kLongestGiven bytes at most, which Hyperscan compiles and searches for in a third
// of the time, and {curl} is left out. What it finds, the whole pattern decides.
QByteArray withCoarseParts(QByteArray pattern);
constexpr int kLongestGiven = 160; // bytes that {given}, {before}, {set} and {call} can match, and some

} // namespace cockpit
