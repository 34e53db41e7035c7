// The base score of CVSS 3.0 and 3.1 (https://www.first.org/cvss/v3.1/specification-document, 7): how bad a hole is by
// itself. Version 4 has no formula of that kind, only a table of 270 groups: its vectors are not scored here.
#pragma once

#include "models/vocabulary.h"

#include <QString>

#include <optional>

namespace cockpit {

// 0.0 to 10.0 with one decimal; empty for what is no vector of version 3 with all base metrics.
std::optional<double> cvssBaseScore(const QString &vector);
// By the scale of section 5; 0.0 is Low: the word "none" is not for a hole that somebody wrote down.
Severity severityOfScore(double score);

} // namespace cockpit
