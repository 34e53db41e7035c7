// Made-up servers for the exposure checks, and what was found at them.
#pragma once

#include "tests/checks/exposure/weblook.h"

namespace cockpit::test {

inline const QByteArray kHtml = "text/html; charset=utf-8";
inline const QByteArray kJson = "application/json";
inline const QByteArray kText = "text/plain";
inline const QByteArray kHome =
    "<!doctype html><title>Shop</title><h1>Orders for workshops</h1><a href=/pricing>Prices</a>";

inline QByteArray notFound()
{
    return page(404, kHtml, "<!doctype html><title>Not found</title><h1>There is nothing here</h1>");
}

// A server with these files and 404 for the rest.
struct File
{
    QByteArray path;
    QByteArray type;
    QByteArray body;
    int status = 200;
    QByteArrayList headers = {};
};

inline WebAnswer serving(const std::vector<File> &files)
{
    return [files](const WebRequest &request) {
        for (const File &file : files) {
            if (file.path == request.path)
                return page(file.status, file.type, file.body, file.headers);
        }
        return request.path == "/" ? page(200, kHtml, kHome) : notFound();
    };
}

inline QString foundBy(const Judged &judged)
{
    QStringList codes;
    for (const Finding &finding : judged.findings)
        codes << finding.code + u':' + toWord(finding.severity);
    codes.sort();
    return codes.join(u' ');
}

} // namespace cockpit::test
