#include "checks/mail/spfdraft.h"

#include "checks/mail/spfrecord.h"
#include "checks/mail/spfrepair.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SpfDraft)
};

constexpr qsizetype kLongRecord = 450; // larger answers do not fit into a plain UDP packet (RFC 7208 section 3.4)
constexpr qsizetype kLongestString = 255;

// The record while it is worked on; every change leaves a sentence.
struct Work
{
    QStringList terms;     // mechanisms but "all"
    QStringList modifiers; // redirect last before exp and unknown ones
    QString ending;        // empty: a redirect decides
    std::vector<DraftNote> notes;

    void note(NoteWeight weight, const QString &text) { notes.push_back({weight, text}); }
};

QString shown(const QString &term)
{
    return shownText(term.toLatin1(), 120);
}

// One text that can be read, out of what is published; empty when it cannot be said.
QString readable(const std::vector<QByteArray> &published, Work &work)
{
    std::vector<QByteArray> texts;
    for (const QByteArray &text : published) {
        if (parseSpf(text)) {
            texts.push_back(text);
            continue;
        }
        const QString corrected = correctedSpf(text);
        if (corrected.isEmpty()) {
            work.note(NoteWeight::Problem,
                      Text::tr("\"%1\" cannot be read: %2").arg(shownText(text, 120), parseSpf(text).error().message));
            return {};
        }
        work.note(NoteWeight::Change, Text::tr("Mistakes in the way it is written are put right."));
        texts.push_back(corrected.toLatin1());
    }
    if (texts.size() == 1)
        return QString::fromLatin1(texts.front());
    QString merged = mergedSpf(texts);
    if (merged.isEmpty())
        work.note(NoteWeight::Problem,
                  Text::tr("There are %n record(s), and at least one redirects to another domain. Decide which one is "
                           "right, delete the others, and look again.",
                           nullptr, static_cast<int>(texts.size())));
    else
        work.note(NoteWeight::Change,
                  Text::tr("%n record(s) become one: receivers use none when there are several. Delete the others.",
                           nullptr, static_cast<int>(texts.size())));
    return merged;
}

void takeTerm(const SpfTerm &term, Work &work)
{
    if (term.mechanism == SpfMechanism::Ptr)
        work.note(NoteWeight::Change,
                  Text::tr("\"%1\" goes: it is slow, and many receivers ignore it.").arg(term.text));
    else if (work.terms.contains(term.text, Qt::CaseInsensitive))
        work.note(NoteWeight::Change, Text::tr("\"%1\" stood there twice.").arg(shown(term.text)));
    else
        work.terms << term.text;
}

void takeEnding(const SpfRecord &record, Work &work)
{
    const SpfTerm *all = record.all();
    if (!all && !record.redirect.isEmpty())
        return;
    const bool protects = all && (all->qualifier == SpfQualifier::Fail || all->qualifier == SpfQualifier::SoftFail);
    work.ending = protects ? all->text.toLower() : u"~all"_s;
    if (!protects)
        work.note(NoteWeight::Change,
                  all ? Text::tr("\"%1\" becomes \"~all\": it let everybody through.").arg(all->text)
                      : Text::tr("\"~all\" at the end says that nobody else sends for you."));
}

void take(const SpfRecord &record, Work &work)
{
    const SpfTerm *all = record.all();
    for (const SpfTerm &term : record.terms) {
        if (term.mechanism == SpfMechanism::All)
            continue;
        if (all && &term > all)
            work.note(NoteWeight::Change,
                      Text::tr("\"%1\" stood behind \"%2\", where it is never read.").arg(shown(term.text), all->text));
        takeTerm(term, work);
    }
    takeEnding(record, work);
    if (!record.redirect.isEmpty() && !all)
        work.modifiers << u"redirect="_s + record.redirect;
    else if (!record.redirect.isEmpty())
        work.note(NoteWeight::Change,
                  Text::tr("\"redirect=%1\" goes: beside \"all\" it has no effect.").arg(shown(record.redirect)));
    if (!record.explanation.isEmpty())
        work.modifiers << u"exp="_s + record.explanation;
    for (const QString &modifier : record.unknownModifiers) {
        if (looksLikeMechanism(modifier)) // surely meant as one, and ignored as it stands
            work.note(NoteWeight::Warning, Text::tr("\"%1\" has no effect: it needs a colon.").arg(shown(modifier)));
        work.modifiers << modifier;
    }
}

bool leadsTo(const QString &term, const QString &domain)
{
    const QString bare = term.startsWith(u'+') ? term.mid(1) : term;
    return bare.compare(u"include:"_s + domain, Qt::CaseInsensitive) == 0 ||
           bare.compare(u"redirect="_s + domain, Qt::CaseInsensitive) == 0;
}

void apply(const SpfWish &wish, Work &work)
{
    for (const QString &domain : wish.remove) {
        const auto leads = [&](const QString &term) { return leadsTo(term, domain); };
        const qsizetype before = work.terms.size() + work.modifiers.size();
        work.terms.removeIf(leads);
        work.modifiers.removeIf(leads);
        if (work.terms.size() + work.modifiers.size() < before)
            work.note(NoteWeight::Change, Text::tr("%1 may no longer send for you.").arg(domain));
    }
    for (const QString &domain : wish.add) {
        const auto leads = [&](const QString &term) { return leadsTo(term, domain); };
        if (std::ranges::any_of(work.terms, leads))
            continue;
        work.terms << u"include:"_s + domain;
        work.note(NoteWeight::Change, Text::tr("%1 may send for you.").arg(domain));
    }
    const bool redirects = std::ranges::any_of(work.modifiers, [](const QString &modifier) {
        return modifier.startsWith("redirect="_L1, Qt::CaseInsensitive);
    });
    if (!wish.ending.isEmpty() && !redirects)
        work.ending = wish.ending;
    else if (work.ending.isEmpty() && !redirects)
        work.ending = u"~all"_s;
    if (work.terms.isEmpty() && !redirects && work.ending != "-all"_L1) {
        work.ending = u"-all"_s;
        work.note(NoteWeight::Advice, Text::tr("Nobody sends mail for the domain, so that all of it can be refused."));
    }
}

QString textOf(const Work &work)
{
    QStringList parts{u"v=spf1"_s};
    parts << work.terms;
    if (!work.ending.isEmpty())
        parts << work.ending;
    parts << work.modifiers;
    return parts.join(u' ');
}

void noteLength(const QString &text, Work &work)
{
    if (text.size() > kLongRecord)
        work.note(NoteWeight::Warning, Text::tr("The record has %1 characters; above %2 some receivers have trouble to "
                                                "fetch it.")
                                           .arg(QString::number(text.size()), QString::number(kLongRecord)));
    else if (text.size() > kLongestString)
        work.note(NoteWeight::Advice,
                  Text::tr("The record has more than 255 characters: it is stored in several strings, "
                           "which most pages of DNS hosts do by themselves."));
}

} // namespace

RecordDraft draftSpf(const QString &domain, const std::vector<QByteArray> &published, const SpfWish &wish)
{
    RecordDraft draft{.kind = RecordKind::Spf, .domain = domain, .name = domain};
    for (const QByteArray &text : published)
        draft.today << shownText(text, 4000);
    Work work;
    const QString text = published.empty() ? u"v=spf1"_s : readable(published, work);
    if (!text.isEmpty()) {
        if (published.empty())
            work.ending = u"~all"_s;
        else
            take(*parseSpf(text.toLatin1()), work);
        apply(wish, work);
        draft.corrected = textOf(work);
        noteLength(draft.corrected, work);
        // A domain that was asked for may be none at all.
        if (const auto parsed = parseSpf(draft.corrected.toLatin1()); !parsed) {
            work.note(NoteWeight::Problem, parsed.error().message);
            draft.corrected.clear();
        }
    }
    draft.notes = std::move(work.notes);
    return draft;
}

} // namespace cockpit
