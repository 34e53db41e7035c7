#include "checks/mail/taglist.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TagList)
};

} // namespace

tl::expected<std::vector<Tag>, QString> parseTagList(const QByteArray &text, TagNames names)
{
    const auto sensitivity = names == TagNames::ExactCase ? Qt::CaseSensitive : Qt::CaseInsensitive;
    std::vector<Tag> tags;
    const QList<QByteArray> pieces = text.split(';');
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        const QByteArray piece = pieces[i].trimmed();
        if (piece.isEmpty()) {
            if (i + 1 == pieces.size())
                break;
            return tl::unexpected<QString>(Text::tr("Two semicolons have nothing between them."));
        }
        const qsizetype equals = piece.indexOf('=');
        const QString name = QString::fromLatin1(piece.left(equals).trimmed());
        const bool isName = !name.isEmpty() && std::ranges::all_of(name, [](QChar c) {
            return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_';
        });
        if (equals < 0 || !isName)
            return tl::unexpected<QString>(Text::tr("Part %1 is not of the form name=value.").arg(i + 1));
        const auto isSame = [&](const Tag &tag) { return tag.name.compare(name, sensitivity) == 0; };
        if (std::ranges::any_of(tags, isSame))
            return tl::unexpected<QString>(Text::tr("\"%1\" stands there twice.").arg(name.left(20)));
        tags.push_back({name, QString::fromLatin1(piece.mid(equals + 1).trimmed())});
    }
    return tags;
}

std::optional<QString> valueOf(const std::vector<Tag> &tags, QLatin1StringView name)
{
    const auto it =
        std::ranges::find_if(tags, [&](const Tag &tag) { return tag.name.compare(name, Qt::CaseInsensitive) == 0; });
    return it == tags.end() ? std::nullopt : std::optional(it->value);
}

} // namespace cockpit
