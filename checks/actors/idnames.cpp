#include "checks/actors/idnames.h"

#include "checks/actors/idharvest.h"
#include "checks/actors/likeness.h"
#include "checks/web/plainname.h"
#include "models/routes/pathtemplate.h"

#include <QRegularExpression>
#include <QStringList>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// The end of a name that makes it one of an id: after a small letter or a digit in humps, or behind a mark.
const QRegularExpression &idEnding()
{
    static const QRegularExpression ending(
        u"(?:(?<=[a-z0-9])(?:Id|ID|Uuid|UUID|Guid|GUID)s?|[-_.](?:id|uuid|guid)s?)$"_s);
    return ending;
}

// Parts of a path that name no kind of record.
bool isFrame(const QString &part)
{
    static const QRegularExpression frame(
        u"^(?:api|apis|rest|rpc|graphql|v\\d+(?:\\.\\d+)?|me|my|self|current|internal|public|private|app|admin|index|"
        u"search|list|all|export|download|print|pdf|csv|view|show|edit|new|create)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return frame.match(part).hasMatch();
}

bool isHole(const QString &part)
{
    return part.startsWith(u'{') && part.endsWith(u'}');
}

} // namespace

bool isIdName(const QString &name)
{
    static const QRegularExpression whole(u"^(?:_?ids?|\\$id|uuids?|guids?|ulid|objectid|nodeid|pk)$"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return whole.match(name).hasMatch() || idEnding().match(name).hasMatch();
}

bool isNoIdName(const QString &name)
{
    static const QRegularExpression names(
        u"^(?:x?(?:request|trace|span|correlation|session|transaction|amzncf|cf|vercel|fly|render|amz|event|message|"
        u"device|installation|client|app|application|measurement|tracking|visitor|anonymous|build|deploy(?:ment)?|"
        u"release|commit|locale|timezone|country|currency|language)(?:id|uuid|guid)|sid|"
        u"\\w*(?:token|secret|password|hash|checksum|digest|signature|nonce|etag|csrf|xsrf|phone|mobile|fax|zip|"
        u"zipcode|postcode|postalcode|amount|price|total|version|sha|md5|color|colour)|"
        u"\\w*(?:time|date|timestamp)|(?:created|updated|deleted|modified|expires)(?:at|on)|ray|cfray)$"_s);
    return names.match(plainName(name)).hasMatch() || isVolatileKey(name);
}

bool isSlugName(const QString &name)
{
    static const QRegularExpression names(u"^(?:\\w*slug|handle|permalink|urlkey|subdomain|shortname|workspacekey|"
                                          u"projectkey)$"_s);
    return names.match(plainName(name)).hasMatch();
}

bool isSlugText(const QString &text)
{
    static const QRegularExpression form(u"^(?=.*[A-Za-z])[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*$"_s);
    constexpr qsizetype kLongest = 100;
    constexpr qsizetype kShortest = 3;
    return text.size() >= kShortest && text.size() <= kLongest && form.match(text).hasMatch();
}

bool isWrapperName(const QString &name)
{
    static const QRegularExpression names(
        u"^(?:data|items?|results?|records?|rows?|list|nodes?|edges?|entries|entry|content|contents|values|member|"
        u"members|hydramember|embedded|payload|response|body|attributes|properties|page|docs|documents|objects?|"
        u"collection|hits|source)$"_s);
    return names.match(plainName(name)).hasMatch();
}

bool isVersionWord(const QString &part)
{
    static const QRegularExpression version(u"^(?:v\\d+\\w*|[a-z]+\\d{1,2})$"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    return version.match(part).hasMatch();
}

QString resourceOfName(const QString &name)
{
    QString head = name;
    head.remove(idEnding());
    static const QRegularExpression mark(u"^x-|[^A-Za-z0-9]"_s);
    head = plainName(head.remove(mark));
    return head == plainName(name) || head.isEmpty() ? QString() : singularOf(head);
}

QString resourceOf(const QString &path)
{
    const QStringList parts = pathTemplate(path).path.section(u'#', 0, 0).split(u'/', Qt::SkipEmptyParts);
    for (auto it = parts.rbegin(); it != parts.rend(); ++it) {
        const QString word = it->section(u'.', 0, 0);
        if (!word.isEmpty() && !isHole(*it) && !isFrame(word))
            return singularOf(word);
    }
    return {};
}

} // namespace cockpit
