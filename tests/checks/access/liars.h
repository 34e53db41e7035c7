// Products that answer everything but the sign-in in one bad manner: what no check may take for a proof of anything.
#pragma once

#include "app/practice/webpage.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

namespace cockpit::lab {

// What it says instead of the shop; nothing: the shop answers. Called from several threads at once.
using Liar = std::function<std::optional<PageReply>(const PageRequest &)>;

inline bool isSignIn(const PageRequest &request)
{
    return request.path() == "/api/login";
}

inline Liar always(int status, const QByteArray &type, const QByteArray &body,
                   std::vector<std::pair<QByteArray, QByteArray>> headers = {})
{
    return [=](const PageRequest &request) -> std::optional<PageReply> {
        if (isSignIn(request))
            return std::nullopt;
        return PageReply{.status = status, .contentType = type, .headers = headers, .body = body};
    };
}

// The shop for so many requests, and that status from then on.
inline Liar after(int requests, int status)
{
    const auto seen = std::make_shared<std::atomic_int>(0);
    return [=](const PageRequest &request) -> std::optional<PageReply> {
        if (isSignIn(request) || ++*seen <= requests)
            return std::nullopt;
        return PageReply{.status = status, .contentType = "application/json", .headers = {}, .body = "{}"};
    };
}

inline Liar slowly(std::chrono::milliseconds delay)
{
    return [=](const PageRequest &) -> std::optional<PageReply> {
        std::this_thread::sleep_for(delay); // that is what it does
        return std::nullopt;
    };
}

} // namespace cockpit::lab
