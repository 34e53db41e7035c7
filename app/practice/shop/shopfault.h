// What can be wrong with the shop API, each a switch. With none of them the shop is a product in which every check
// passes.
#pragma once

#include "app/practice/shop/faultset.h"

#include <QString>

#include <span>

namespace cockpit {

enum class ShopFault {
    // One tenant reaches another's records
    CrossPath,
    CrossMethod,
    CrossWildcard,
    CrossIdList,
    CrossQuery,
    CrossBody,
    CrossHeader,
    CrossListFilter,
    CrossPollutedFilter,
    CrossExport,
    CrossSearch,
    CrossSocket,
    CrossSubscribe,
    CrossFile,
    FileOpen,
    BlindWrite,
    ExistenceOracle,
    // Roles and routes
    MemberDoesAdmin,
    ViewerWrites,
    AdminRouteOpen,
    SignedInRouteOpen,
    MethodOverride,
    OriginalUrlHonoured,
    PathCaseBypass,
    TrailingSlashBypass,
    EncodedPathBypass,
    DoubleSlashBypass,
    SemicolonBypass,
    VersionAliasOpen,
    SubdomainOpen,
    InternalAddressTrusted,
    MiddlewareHeaderTrusted,
    ContentTypeBypass,
    // Mass assignment
    MassRole,
    MassOwner,
    MassTenant,
    MassPrice,
    MassPlan,
    MassVerified,
    // Tokens
    AlgNone,
    AlgNoneOtherCase,
    SignatureIgnored,
    SignatureStripped,
    BlankKey,
    KeyConfusion,
    KidFile,
    KidSql,
    EmbeddedKey,
    UnknownCritAccepted,
    ExpiredAccepted,
    NotYetValidAccepted,
    WrongAudience,
    WrongIssuer,
    StagingToken,
    WeakSecret,
    NoExpiry,
    LongLife,
    PersonalDataInToken,
    // Sessions
    LogoutKeepsSession,
    LogoutKeepsRefresh,
    RefreshReusable,
    RefreshNotRotating,
    PasswordChangeKeepsSessions,
    SessionByAddress,
    // Who has an account
    LoginText,
    LoginStatus,
    LoginTime,
    SignUpText,
    SignUpStatus,
    SignUpTime,
    ResetText,
    ResetStatus,
    ResetTime,
    InviteText,
    InviteStatus,
    InviteTime,
    AccountLookup,
    // Reset links, invitations and one-time codes
    ResetReusable,
    ResetNeverExpires,
    ResetHostPoisoned,
    ResetKeepsSessions,
    InviteReusable,
    InviteNeverExpires,
    InviteRoleEditable,
    InviteAnyEmail,
    CodeReusable,
    // Limits
    NoAccountLimit,
    NoAddressLimit,
    NoResetLimit,
    NoSignUpLimit,
    NoCodeLimit,
    NoChatLimit,
    LimitByForwardedFor,
    LimitByEmailCase,
    LimitByPath,
    LockedForEver,
    CouponRace,
    BurstFails,
    SlowBodyTiesUp,
    // Bad input
    WrongTypesAccepted,
    ExtraFieldsAccepted,
    TooLongAccepted,
    OutOfRangeAccepted,
    WrongContentTypeAccepted,
    HugeBodyAccepted,
    HugePageAccepted,
    CrashOnBadInput,
    StackTrace,
    SqlError,
    TemplateEvaluated,
    // Uploads, webhooks, callbacks
    UploadAnyType,
    UploadAnySize,
    UploadKeepsName,
    UploadServedInline,
    WebhookUnsigned,
    WebhookStale,
    WebhookReplay,
    CallbackPrivate,
    // Caches and origins
    PersonalPageCached,
    CacheDeception,
    CachePoisoned,
    ForwardedHostShown,
    CorsAnyOrigin,
};

std::span<const FaultLine<ShopFault>> allShopFaults();
QString sentenceOf(ShopFault fault); // translated
const char *nameOf(ShopFault fault); // "cross_path"

} // namespace cockpit
