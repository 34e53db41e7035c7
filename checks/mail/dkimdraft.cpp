#include "checks/mail/dkimdraft.h"

#include "checks/mail/dkimkey.h"
#include "checks/mail/taglist.h"
#include "checks/net/dnsname.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DkimDraft)
};

constexpr qsizetype kLongestPaste = 8000;

// Word processors and chat programs put these in.
QString withPlainMarks(QString text)
{
    for (const QChar quote : {QChar(0x201c), QChar(0x201d), QChar(0x201e), QChar(0x00ab), QChar(0x00bb)})
        text.replace(quote, u'"');
    text.remove(QChar(0x200b)).remove(QChar(0xfeff));
    text.replace(QChar(0x00a0), u' ');
    return text.left(kLongestPaste);
}

struct Pasted
{
    QString name; // in front of a zone file line; empty
    QString type; // "TXT", "CNAME"
    QString value;
    bool wasQuoted = false;
};

// "s1._domainkey.example.com. 3600 IN TXT ( "v=DKIM1; " "p=…" ) ; comment"
std::optional<Pasted> zoneLine(const QString &text)
{
    static const QRegularExpression form(
        u"^\\s*(\\S*_domainkey\\S*)\\s+(?:\\d+\\s+)?(?:IN\\s+)?(?:\\d+\\s+)?(TXT|CNAME)\\b\\s*:?\\s*(.*)$"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    return Pasted{match.captured(1), match.captured(2).toUpper(), match.captured(3), false};
}

// Strings in quotation marks are one text with nothing in between; what is outside of them is the zone file's.
QString unquoted(const QString &value, bool &wasQuoted)
{
    static const QRegularExpression strings(u"\"((?:[^\"\\\\]|\\\\.)*)\""_s);
    QString joined;
    for (auto it = strings.globalMatch(value); it.hasNext();)
        joined += it.next().captured(1);
    wasQuoted = !joined.isEmpty();
    return wasQuoted ? joined : value;
}

// A target of a CNAME: one host name, nothing else.
bool isHostName(const QString &value)
{
    static const QRegularExpression form(u"^[a-z0-9_-]+(\\.[a-z0-9_-]+)+\\.?\\z"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    return form.match(value).hasMatch();
}

Pasted read(const QString &text)
{
    Pasted pasted = zoneLine(text).value_or(Pasted{{}, {}, text, false});
    pasted.value = unquoted(pasted.value, pasted.wasQuoted).trimmed();
    if (pasted.type.isEmpty())
        pasted.type = isHostName(pasted.value) ? u"CNAME"_s : u"TXT"_s;
    return pasted;
}

// The key without what a PEM file has around it.
QString withoutPem(const QString &value)
{
    static const QRegularExpression pem(u"-----(?:BEGIN|END)[^-]*-----"_s);
    QString key = value;
    return key.remove(pem);
}

void note(RecordDraft &draft, NoteWeight weight, const QString &text)
{
    draft.notes.push_back({weight, text});
}

// From what was pasted to "v=DKIM1; k=rsa; p=…".
QString cleaned(const Pasted &pasted, RecordDraft &draft)
{
    QString value = pasted.value;
    if (value.contains(u'\\'))
        note(draft, NoteWeight::Change, Text::tr("Backslashes are taken out: the page of your DNS host needs none."));
    value.remove(u'\\');
    value.remove(u'"');
    if (value.contains("-----BEGIN"_L1))
        value = withoutPem(value).simplified().remove(u' ');
    static const QRegularExpression bareKey(u"^[A-Za-z0-9+/\\s]{40,}={0,2}\\s*\\z"_s);
    if (bareKey.match(value).hasMatch()) {
        note(draft, NoteWeight::Change, Text::tr("Only the key was given; the rest of the record is added."));
        value = u"v=DKIM1; k=rsa; p="_s + value.simplified().remove(u' ');
    }
    // Pasted twice, the second time into the first: "v=DKIM1; k=rsa; p=v=DKIM1; k=rsa; p=MII…".
    const qsizetype last = value.lastIndexOf("v=DKIM1"_L1);
    if (last > 0) {
        note(draft, NoteWeight::Change, Text::tr("The beginning stood there twice."));
        value = value.mid(last);
    }
    return value;
}

// Tags in their order, one blank between them, none inside the key.
QString tidied(const QString &value, RecordDraft &draft)
{
    const auto tags = parseTagList(value.toLatin1());
    if (!tags)
        return value.simplified();
    QStringList parts;
    for (const Tag &tag : *tags) {
        QString text = tag.value.simplified();
        if (tag.name == "p"_L1) {
            const QString whole = QString(text).remove(u' ');
            if (whole != text)
                note(draft, NoteWeight::Change, Text::tr("Line breaks and blanks inside the key are taken out."));
            text = whole;
        }
        parts << tag.name + u'=' + text;
    }
    return parts.join(u"; "_s);
}

void judgeKey(const QString &value, RecordDraft &draft)
{
    const DkimKey key = readDkimKey(value.toLatin1());
    switch (key.status) {
    case DkimKeyStatus::Valid:
        note(draft, NoteWeight::Advice,
             Text::tr("The key is good: %1, %2 bits.").arg(key.keyType, QString::number(key.keyBits)));
        break;
    case DkimKeyStatus::Weak:
        note(draft, NoteWeight::Warning, key.problem);
        break;
    case DkimKeyStatus::Revoked:
        note(draft, NoteWeight::Warning,
             Text::tr("The key is empty: publishing this tells receivers that the key is withdrawn."));
        break;
    case DkimKeyStatus::Invalid:
        note(draft, NoteWeight::Problem, key.problem);
        break;
    }
    if (key.isTest)
        note(draft, NoteWeight::Warning, Text::tr("t=y: receivers treat your mail as if it were not signed."));
}

QString withoutDot(QString name)
{
    name = name.trimmed().toLower();
    return name.endsWith(u'.') ? name.chopped(1) : name;
}

// Beside an alias nothing else may stand (RFC 1034 section 3.6.2), so that one kind has to go before the other comes.
void draftAlias(const Pasted &pasted, const NameToday &published, RecordDraft &draft)
{
    if (!published.alias.isEmpty())
        draft.today = {withoutDot(published.alias)}; // the key behind it is not this domain's to change
    draft.corrected = withoutDot(pasted.value);
    if (draft.corrected == draft.name || !normaliseDnsName(draft.corrected)) {
        note(draft, NoteWeight::Problem,
             Text::tr("\"%1\" is no name that this record can lead to.").arg(draft.corrected.left(80)));
        draft.corrected.clear();
    } else if (published.alias.isEmpty() && !published.texts.isEmpty()) {
        note(draft, NoteWeight::Warning,
             Text::tr("A text stands at this name. Delete it first: nothing else may stand beside an alias."));
    } else if (draft.isInPlace() && published.texts.isEmpty()) {
        note(draft, NoteWeight::Warning,
             Text::tr("The alias leads to no key yet. Your mail provider has to publish one at %1.")
                 .arg(draft.corrected));
    }
}

void noteAlias(const QString &alias, RecordDraft &draft)
{
    if (draft.isInPlace())
        note(draft, NoteWeight::Advice,
             Text::tr("This name is an alias for %1, where this text stands already.").arg(alias));
    else
        note(draft, NoteWeight::Warning,
             Text::tr("This name is an alias for %1. Delete the alias first: nothing else may stand beside it.")
                 .arg(alias));
}

} // namespace

QString dkimNameOf(const QString &domain, const DkimWish &wish)
{
    QString name = withoutDot(wish.selector);
    if (name.isEmpty())
        name = withoutDot(read(withPlainMarks(wish.pasted)).name);
    if (name.isEmpty())
        return {};
    const QString end = u"._domainkey."_s + domain;
    if (name.endsWith(end))
        return name;
    const qsizetype mark = name.indexOf("._domainkey"_L1);
    return (mark < 0 ? name : name.left(mark)) + end;
}

RecordDraft draftDkim(const QString &domain, const NameToday &published, const DkimWish &wish)
{
    RecordDraft draft{.kind = RecordKind::Dkim, .domain = domain, .name = dkimNameOf(domain, wish)};
    for (const QString &text : published.texts)
        draft.today << shownText(text.toLatin1(), 4000);
    const Pasted pasted = read(withPlainMarks(wish.pasted));
    draft.type = pasted.type;
    if (pasted.value.isEmpty()) {
        note(draft, NoteWeight::Problem, Text::tr("Paste what your mail provider shows for DKIM."));
        return draft;
    }
    if (wish.pasted.contains("PRIVATE KEY"_L1)) {
        note(draft, NoteWeight::Problem,
             Text::tr("This is the private key, which nobody else may ever see. Paste the "
                      "public one, and make a new pair if this was shown to others."));
        return draft;
    }
    if (draft.name.isEmpty() || !normaliseDnsName(draft.name)) {
        note(draft, NoteWeight::Problem,
             Text::tr("Type the selector: the word in front of \"._domainkey\" in the name "
                      "that your provider shows."));
        return draft;
    }
    if (pasted.wasQuoted)
        note(draft, NoteWeight::Change, Text::tr("Quotation marks are taken out, and the pieces are joined."));
    if (draft.type == "CNAME"_L1) {
        draftAlias(pasted, published, draft);
        return draft;
    }
    const QString value = tidied(cleaned(pasted, draft), draft);
    judgeKey(value, draft);
    if (std::ranges::find(draft.notes, NoteWeight::Problem, &DraftNote::weight) == draft.notes.end())
        draft.corrected = value;
    if (published.texts.size() > 1)
        note(draft, NoteWeight::Change, Text::tr("Several records stand at this selector. Keep this one alone."));
    if (!published.alias.isEmpty() && !draft.corrected.isEmpty())
        noteAlias(withoutDot(published.alias), draft);
    return draft;
}

} // namespace cockpit
