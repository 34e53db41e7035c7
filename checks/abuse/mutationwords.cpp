#include "checks/abuse/mutations.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AbuseSchema)
};

} // namespace

QString describe(MutationKind value)
{
    switch (value) {
    case MutationKind::WrongType:
        return Text::tr("a value of another kind");
    case MutationKind::WrongFlag:
        return Text::tr("true in place of a text or a number");
    case MutationKind::WrongNumber:
        return Text::tr("a number where none belongs");
    case MutationKind::WrongList:
        return Text::tr("a list around the value");
    case MutationKind::WrongObject:
        return Text::tr("an object around the value");
    case MutationKind::Operator:
        return Text::tr("an operator of a database in place of a text");
    case MutationKind::Null:
        return Text::tr("null");
    case MutationKind::Missing:
        return Text::tr("left out");
    case MutationKind::Empty:
        return Text::tr("an empty text");
    case MutationKind::TooShort:
        return Text::tr("a text that is too short");
    case MutationKind::TooLong:
        return Text::tr("a text of 100,000 characters");
    case MutationKind::OverLongest:
        return Text::tr("one character more than declared");
    case MutationKind::Negative:
        return Text::tr("a number below zero");
    case MutationKind::Zero:
        return Text::tr("zero");
    case MutationKind::UnderLeast:
        return Text::tr("a number under the declared minimum");
    case MutationKind::OverMost:
        return Text::tr("a number over the declared maximum");
    case MutationKind::PastInt32:
        return Text::tr("a number too big for 32 bits");
    case MutationKind::HugeNumber:
        return Text::tr("a number too big to be exact");
    case MutationKind::Infinite:
        return Text::tr("a number beyond all limits");
    case MutationKind::NanText:
        return Text::tr("the text NaN in place of a number");
    case MutationKind::InfinityText:
        return Text::tr("the text Infinity in place of a number");
    case MutationKind::NanToken:
        return Text::tr("NaN, which is no number in JSON");
    case MutationKind::OtherWord:
        return Text::tr("a word that is not in the list");
    case MutationKind::BadFormat:
        return Text::tr("a text that is no address or date");
    case MutationKind::Quote:
        return Text::tr("a quotation mark");
    case MutationKind::Marks:
        return Text::tr("the signs of HTML and of templates");
    case MutationKind::Nul:
        return Text::tr("a NUL character");
    case MutationKind::Surrogate:
        return Text::tr("half of a character");
    case MutationKind::OddLetters:
        return Text::tr("letters of another direction");
    case MutationKind::PathUp:
        return Text::tr("a path that leads upwards");
    case MutationKind::ExtraField:
        return Text::tr("a field that nobody declared");
    case MutationKind::DoubledField:
        return Text::tr("a field that comes twice");
    case MutationKind::PrototypeNull:
        return Text::tr("a field named __proto__");
    case MutationKind::Malformed:
        return Text::tr("JSON that is cut off");
    case MutationKind::TrailingComma:
        return Text::tr("JSON with a comma too much");
    case MutationKind::EmptyBody:
        return Text::tr("no body at all");
    case MutationKind::ListBody:
        return Text::tr("a list where one record belongs");
    case MutationKind::TextType:
        return Text::tr("the body announced as plain text");
    case MutationKind::FormBody:
        return Text::tr("a form in place of JSON");
    case MutationKind::JsonBody:
        return Text::tr("JSON in place of a form");
    case MutationKind::XmlBody:
        return Text::tr("XML in place of JSON");
    case MutationKind::OtherCharset:
        return Text::tr("JSON in another encoding");
    case MutationKind::HugeBody:
        return Text::tr("a body of 1.5 MB");
    case MutationKind::VastBody:
        return Text::tr("a body of 10 MB");
    case MutationKind::DeepBody:
        return Text::tr("a thousand lists inside each other");
    case MutationKind::ManyItems:
        return Text::tr("a list of ten thousand items");
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
