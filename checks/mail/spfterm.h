// One term of an SPF record: where it stands, how it divides, which mechanism it is (RFC 7208 sections 4.6.1 and 12).
#pragma once

#include "checks/mail/spfrecord.h"

namespace cockpit {

template<typename T>
using Parsed = tl::expected<T, SpfSyntaxError>;

// A term of the record and where it stands.
struct Piece
{
    QString text;
    qsizetype position;
};

// Between name and value of a term: "include" ':' "example.com", "a" '/' "24", "redirect" '=' "example.com".
struct Split
{
    QString name;
    QChar separator; // null at the end of the term
    QString rest;    // behind the separator
    qsizetype restPosition;
};

Split splitTerm(const Piece &piece);
[[nodiscard]] Parsed<SpfTerm> parseMechanism(Piece piece);

} // namespace cockpit
