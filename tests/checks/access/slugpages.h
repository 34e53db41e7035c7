// Records that are named by their texts.
#pragma once

#include "tests/checks/access/bentshop.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <map>
#include <optional>

namespace cockpit::test {

// A product whose pages are named by their titles, for one customer alone: a new title is a new name.
class Pages
{
public:
    std::optional<PageReply> answer(const PageRequest &request, bool isOwner)
    {
        const QByteArray place = "/api/pages";
        if (!request.path().startsWith(place))
            return std::nullopt;
        const QString slug = QString::fromUtf8(request.path().mid(place.size() + 1));
        const QString title = QJsonDocument::fromJson(request.body)["title"_L1].toString();
        if (!isOwner)
            return json(404, R"({"error":"not_found"})");
        if (request.method == "POST" && slug.isEmpty()) {
            m_titles[slugOf(title)] = title;
            return json(201, shown(slugOf(title)));
        }
        if (request.method == "GET" && slug.isEmpty())
            return json(200, list());
        if (!m_titles.contains(slug))
            return json(404, R"({"error":"not_found"})");
        if (request.method == "DELETE") {
            m_titles.erase(slug);
            return json(204, {});
        }
        if (request.method != "PATCH")
            return json(200, shown(slug));
        m_titles.erase(slug);
        m_titles[slugOf(title)] = title;
        ++changes;
        return json(200, shown(slugOf(title)));
    }
    bool isEmpty() const { return m_titles.empty(); }

    int changes = 0;

private:
    static QString slugOf(const QString &title) { return title.toLower().replace(u' ', u'-'); }
    QByteArray shown(const QString &slug) const
    {
        const QJsonObject page{{u"slug"_s, slug}, {u"title"_s, m_titles.at(slug)}};
        return QJsonDocument(page).toJson(QJsonDocument::Compact);
    }
    QByteArray list() const
    {
        QByteArrayList pages;
        for (const auto &[slug, title] : m_titles)
            pages.append(shown(slug));
        return '[' + pages.join(',') + ']';
    }

    std::map<QString, QString> m_titles;
};

} // namespace cockpit::test
