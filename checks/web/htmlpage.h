// What the checks read from a page: the parts it loads, its forms and links, its inline scripts.
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <vector>

namespace cockpit {

// ImageSet: a picture among several that the browser chooses from (srcset, picture).
enum class PartKind { Script, Stylesheet, Frame, Plugin, Preload, Image, ImageSet, Media };
bool isActive(PartKind kind); // can change the page that it stands on

struct PagePart
{
    PartKind kind = PartKind::Image;
    QUrl url; // resolved against the page's base
    bool operator==(const PagePart &) const = default;
};

struct ScriptTag
{
    QString source; // as it is written; empty for a script inside the page
    bool hasIntegrity = false;
    bool operator==(const ScriptTag &) const = default;
};

struct PageForm
{
    QString method; // GET or POST
    QUrl action;
    bool operator==(const PageForm &) const = default;
};

// Templates load, run and show nothing until a script copies them, so that only what a page may offer later is read
// from them: links, calls of forms, and whether there is a field for a password.
struct HtmlPage
{
    QString title;
    std::vector<PagePart> parts;
    std::vector<QUrl> forms;         // where they send what is typed
    std::vector<PageForm> formCalls; // the same, with how
    std::vector<QUrl> links;         // of <a href>
    std::vector<ScriptTag> scripts;
    QStringList inlineScripts;
    QStringList inlineStyles;
    QString generator;        // meta generator
    QStringList metaPolicies; // content of meta http-equiv=Content-Security-Policy
    QString referrer;         // the last meta name=referrer
    int inlineHandlers = 0;   // onclick and the like, javascript: links
    QUrl refresh;             // target of a meta refresh; empty without one
    bool hasPasswordField = false;
    bool hasLoginForm = false; // one field for a password that exists, and few others: not a form for a new user
    QString text;              // what a person reads, without scripts
};

// url: where the page came from. TooLarge for a page whose HtmlCost is too much (checks/web/nesting.h). Any
// bytes are a page otherwise.
[[nodiscard]] Result<HtmlPage> parseHtml(const QByteArray &html, const QUrl &url);

} // namespace cockpit
