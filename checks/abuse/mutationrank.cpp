#include "checks/abuse/mutationrank.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using enum MutationKind;

struct KindRow
{
    MutationKind kind;
    const char *word;
    int rank;
};

constexpr std::array kKinds{
    KindRow{WrongType, "wrong_type", 1},
    KindRow{TooLong, "too_long", 2},
    KindRow{BadFormat, "bad_format", 3},
    KindRow{Negative, "negative", 4},
    KindRow{Quote, "quote", 5},
    KindRow{Marks, "marks", 6},
    KindRow{ExtraField, "extra_field", 7},
    KindRow{Malformed, "malformed", 8},
    KindRow{TextType, "text_type", 9},
    KindRow{HugeBody, "huge_body", 10},
    KindRow{VastBody, "vast_body", 10},
    KindRow{OverMost, "over_most", 11},
    KindRow{OtherWord, "other_word", 12},
    KindRow{Missing, "missing", 13},
    KindRow{Nul, "nul", 14},
    KindRow{Operator, "operator", 15},
    KindRow{OverLongest, "over_longest", 16},
    KindRow{UnderLeast, "under_least", 17},
    KindRow{FormBody, "form_body", 18},
    KindRow{Null, "null", 19},
    KindRow{Empty, "empty", 20},
    KindRow{TooShort, "too_short", 21},
    KindRow{EmptyBody, "empty_body", 22},
    KindRow{ListBody, "list_body", 23},
    KindRow{Infinite, "infinite", 24},
    KindRow{HugeNumber, "huge_number", 25},
    KindRow{PrototypeNull, "prototype", 26},
    KindRow{PathUp, "path_up", 27},
    KindRow{TrailingComma, "trailing_comma", 28},
    KindRow{Surrogate, "surrogate", 29},
    KindRow{XmlBody, "xml_body", 30},
    KindRow{JsonBody, "json_body", 31},
    KindRow{DoubledField, "doubled_field", 32},
    KindRow{OddLetters, "odd_letters", 33},
    KindRow{OtherCharset, "other_charset", 34},
    KindRow{WrongList, "wrong_list", 8},
    KindRow{WrongObject, "wrong_object", 11},
    KindRow{WrongFlag, "wrong_flag", 17},
    KindRow{WrongNumber, "wrong_number", 20},
    KindRow{PastInt32, "past_32_bits", 15},
    KindRow{Zero, "zero", 22},
    KindRow{NanText, "nan_text", 21},
    KindRow{NanToken, "nan_token", 24},
    KindRow{InfinityText, "infinity_text", 27},
    KindRow{DeepBody, "deep_body", 13},
    KindRow{ManyItems, "many_items", 16},
};

const KindRow &rowOfKind(MutationKind kind)
{
    return *std::ranges::find(kKinds, kind, &KindRow::kind);
}

} // namespace

QString toWord(MutationKind value)
{
    return QString::fromLatin1(rowOfKind(value).word);
}

int rankOf(MutationKind kind)
{
    return rowOfKind(kind).rank;
}

} // namespace cockpit
