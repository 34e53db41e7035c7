// Signing in to the desk by the company's own authorization server, step by step, as a browser does.
#pragma once

#include "tests/app/practice/deskprobes.h"

namespace cockpit::lab {

class DeskSignOn
{
public:
    // Begins: has the request to the authorization server, and the trip's cookie where one was set.
    explicit DeskSignOn(DeskScene scene);

    // "/id/authorize?…" with that parameter changed; empty value: taken out.
    QByteArray request(const QString &name = {}, const QString &value = {}) const;
    // Says the password there. Answered with the way back.
    Heard authorize(const PracticeAccount &account);
    // "/auth/sso/callback?code=…&state=…" out of such an answer; empty where it leads elsewhere.
    static QByteArray wayBack(const Heard &answer);
    Heard finish(const QByteArray &way) { return m_scene.get(way, m_trip); }
    QByteArray trip() const { return m_trip; }

private:
    DeskScene m_scene;
    QByteArray m_request;
    QByteArray m_trip; // "desk_trip=…"
};

} // namespace cockpit::lab
