// tag=value lists separated by semicolons, as DKIM (RFC 6376 section 3.2) and DMARC use them.
#pragma once

#include <tl/expected.hpp>

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

struct Tag
{
    QString name;  // as written, trimmed
    QString value; // trimmed

    bool operator==(const Tag &) const = default;
};

// Whether names that differ by case alone are the same: to DMARC they are, to DKIM they are not.
enum class TagNames { AnyCase, ExactCase };

// The longest text record that DNS can carry, and far more tags than any standard knows: nobody has a reason to write
// more, and a stranger's message shall not keep us busy.
constexpr qsizetype kLongestTagList = 65535;
constexpr std::size_t kMostTags = 100;

// The error is a sentence: no equals sign, no name, a name twice, too long. A trailing semicolon is fine.
[[nodiscard]] tl::expected<std::vector<Tag>, QString> parseTagList(const QByteArray &text,
                                                                   TagNames names = TagNames::AnyCase);

struct LooseTagList
{
    std::vector<Tag> tags;
    QStringList ignored; // parts that are no tag
};

// For readers that pass over what they cannot read, as DMARC's do (RFC 9989 section 4.8). A name that stands there
// twice spoils the whole list all the same (RFC 6376 section 3.2).
[[nodiscard]] tl::expected<LooseTagList, QString> parseLooseTagList(const QByteArray &text);

std::optional<QString> valueOf(const std::vector<Tag> &tags, QLatin1StringView name);

} // namespace cockpit
