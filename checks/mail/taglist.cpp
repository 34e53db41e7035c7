#include "checks/mail/taglist.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TagList)
};

bool isTagName(const QString &name)
{
    return !name.isEmpty() && std::ranges::all_of(name, [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_';
    });
}

std::optional<Tag> tagFrom(const QByteArray &piece)
{
    const qsizetype equals = piece.indexOf('=');
    const QString name = QString::fromLatin1(piece.left(equals).trimmed());
    if (equals < 0 || !isTagName(name))
        return std::nullopt;
    return Tag{name, QString::fromLatin1(piece.mid(equals + 1).trimmed())};
}

bool isNamed(const std::vector<Tag> &tags, const QString &name, TagNames names)
{
    const auto sensitivity = names == TagNames::ExactCase ? Qt::CaseSensitive : Qt::CaseInsensitive;
    return std::ranges::any_of(tags, [&](const Tag &tag) { return tag.name.compare(name, sensitivity) == 0; });
}

QString standsThereTwice(const QString &name)
{
    return Text::tr("\"%1\" stands there twice.").arg(name.left(20));
}

QString isTooLong()
{
    return Text::tr("It is longer than anything that mail servers read.");
}

} // namespace

tl::expected<std::vector<Tag>, QString> parseTagList(const QByteArray &text, TagNames names)
{
    if (text.size() > kLongestTagList)
        return tl::unexpected<QString>(isTooLong());
    std::vector<Tag> tags;
    const QList<QByteArray> pieces = text.split(';');
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        const QByteArray piece = pieces[i].trimmed();
        if (piece.isEmpty()) {
            if (i + 1 == pieces.size())
                break;
            return tl::unexpected<QString>(Text::tr("Two semicolons have nothing between them."));
        }
        const auto tag = tagFrom(piece);
        if (!tag)
            return tl::unexpected<QString>(Text::tr("Part %1 is not of the form name=value.").arg(i + 1));
        if (isNamed(tags, tag->name, names))
            return tl::unexpected<QString>(standsThereTwice(tag->name));
        if (tags.size() == kMostTags)
            return tl::unexpected<QString>(isTooLong());
        tags.push_back(*tag);
    }
    return tags;
}

tl::expected<LooseTagList, QString> parseLooseTagList(const QByteArray &text)
{
    if (text.size() > kLongestTagList)
        return tl::unexpected<QString>(isTooLong());
    LooseTagList list;
    for (const QByteArray &piece : text.split(';')) {
        if (piece.trimmed().isEmpty())
            continue;
        const auto tag = tagFrom(piece.trimmed());
        if (!tag) {
            list.ignored << QString::fromLatin1(piece.trimmed());
            continue;
        }
        if (isNamed(list.tags, tag->name, TagNames::AnyCase))
            return tl::unexpected<QString>(standsThereTwice(tag->name));
        if (list.tags.size() == kMostTags)
            return tl::unexpected<QString>(isTooLong());
        list.tags.push_back(*tag);
    }
    return list;
}

std::optional<QString> valueOf(const std::vector<Tag> &tags, QLatin1StringView name)
{
    const auto it =
        std::ranges::find_if(tags, [&](const Tag &tag) { return tag.name.compare(name, Qt::CaseInsensitive) == 0; });
    return it == tags.end() ? std::nullopt : std::optional(it->value);
}

} // namespace cockpit
