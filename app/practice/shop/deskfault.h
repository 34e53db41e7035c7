// What can be wrong with the desk (server-rendered pages, cookie sessions, GraphQL), each a switch. With none of them
// the desk is a product in which every check passes.
#pragma once

#include "app/practice/shop/faultset.h"

#include <QString>

#include <span>

namespace cockpit {

enum class DeskFault {
    CrossPath,
    CrossQuery,
    CrossExport,
    CrossSearch,
    FileUnsigned,
    SocketAnyOrigin,
    GraphQlNode,
    GraphQlListFilter,
    GraphQlMutation,
    GraphQlOpen,
    GraphQlAdminField,
    GraphQlUserLookup,
    GraphQlIntrospection,
    GraphQlAliasesUnlimited,
    GraphQlBatchUnlimited,
    MemberDoesAdmin,
    AdminOpen,
    MethodOverride,
    PathCaseBypass,
    DoubleSlashBypass,
    MassRole,
    MassTenant,
    CsrfUnchecked,
    SessionFixation,
    SessionByAddress,
    LogoutKeepsSession,
    SessionForEver,
    CookieReadable,
    PasswordChangeKeepsSessions,
    SignOnUnbound,
    SignOnRedirectByBeginning,
    LoginText,
    LoginStatus,
    LoginTime,
    ResetText,
    ResetStatus,
    ResetTime,
    ResetReusable,
    ResetNeverExpires,
    ResetHostPoisoned,
    NoAccountLimit,
    NoAddressLimit,
    LimitByForwardedFor,
    LimitByEmailCase,
    LockedForEver,
    CrashOnBadInput,
    StackTrace,
    SqlError,
    ReflectsHtml,
    TooLongAccepted,
    PersonalPageCached,
    CacheDeception,
};

std::span<const FaultLine<DeskFault>> allDeskFaults();
QString sentenceOf(DeskFault fault); // translated
const char *nameOf(DeskFault fault); // "graphql_node"

} // namespace cockpit
