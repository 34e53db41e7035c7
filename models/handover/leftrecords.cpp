// What test runs left in the product: whoever takes it over has to know what is no customer's.
#include "models/access/journalcut.h"
#include "models/handover/sections.h"

#include <QCoreApplication>

namespace cockpit::handover {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Handover)
};

} // namespace

Section leftSection(const Context &context)
{
    Draft draft;
    draft.paragraph(
        Text::tr("They were made or changed by test runs, and are no customer's. The window of Launch Cockpit "
                 "(page \"Access\") takes them away; so does launch-cockpit audit --project FILE --active "
                 "--remove-left. What cannot be removed so, remove by hand."));
    if (const QString more = whatIsNotRead(context.input.left); !more.isEmpty())
        draft.paragraph(more);
    for (const auto &run : byRun(context.input.left)) {
        draft.heading(headlineOf(run), 3);
        Table table;
        table.header = {Text::tr("What"), Text::tr("Check"), Text::tr("When")};
        for (const JournalEntry &entry : run)
            table.rows.push_back(
                {describe(entry), entry.checkId, QLocale().toString(entry.at.toLocalTime(), QLocale::ShortFormat)});
        draft.add(std::move(table));
    }
    return finished(QStringLiteral("left-records"), Text::tr("Left in the product by tests"), std::move(draft));
}

} // namespace cockpit::handover
