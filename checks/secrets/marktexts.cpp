#include "checks/secrets/marktexts.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AllowMark)
};

} // namespace

QString toWord(MarkTrouble value)
{
    switch (value) {
    case MarkTrouble::None:
        return {};
    case MarkTrouble::NoReason:
        return u"no_reason"_s;
    case MarkTrouble::LongerWord:
        return u"longer_word"_s;
    case MarkTrouble::BeforeValue:
        return u"before_value"_s;
    case MarkTrouble::InText:
        return u"in_text"_s;
    case MarkTrouble::InCode:
        return u"in_code"_s;
    case MarkTrouble::Undecided:
        return u"undecided"_s;
    case MarkTrouble::TooFar:
        return u"too_far"_s;
    }
    Q_UNREACHABLE();
}

QString clauseOf(MarkTrouble value)
{
    switch (value) {
    case MarkTrouble::None:
        return {};
    case MarkTrouble::NoReason:
        return Text::tr("it gives no reason");
    case MarkTrouble::LongerWord:
        return Text::tr("its word goes on: a blank and the reason have to follow \"allow\"");
    case MarkTrouble::BeforeValue:
        return Text::tr("it stands before the value, and not behind it");
    case MarkTrouble::InText:
        return Text::tr("it stands in a text of the program, and not in a comment");
    case MarkTrouble::InCode:
        return Text::tr("where it stands is no comment in a file of this kind");
    case MarkTrouble::Undecided:
        return Text::tr("whether it stands in a comment cannot be told from the line: move it into a plain one");
    case MarkTrouble::TooFar:
        return Text::tr("too much stands before it in its line or its file to tell whether it is a comment");
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
