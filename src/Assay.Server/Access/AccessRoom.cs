using System.Globalization;
using Assay.Embedded.Folders;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Access;

internal static class AccessRoom
{
    /// <summary>The name of the token in the data folder.</summary>
    public const string AdminName = "admin";

    public static IServiceCollection AddAccess(this IServiceCollection services, HubOptions options)
    {
        services.AddSingleton<KeyRing>().AddSingleton<Audit>().AddSingleton<SessionCookie>().AddSingleton<Sessions>();
        services.AddSingleton<SignInCodes>().AddSingleton<SignInUrls>();
        services.AddDataProtection().SetApplicationName("assay");
        services.AddOptions<KeyManagementOptions>().Configure<DataFolder>((keys, folder) => keys.XmlRepository = new KeyFiles(folder));
        services.AddAntiforgery(forms => Protect(forms.Cookie, options));
        services.AddRateLimiter(RateRule.Configure);
        return services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, AccessJson.Default));
    }

    /// <summary>Who may be here at all; before routing.</summary>
    public static void UseHostRule(this IApplicationBuilder host) => host.UseMiddleware<HostRule>().UseMiddleware<ListenerGate>();

    /// <summary>Who may do what; after routing.</summary>
    public static void UseAccess(this IApplicationBuilder host)
    {
        host.UseMiddleware<AccessGate>();
        host.UseRateLimiter();
        host.UseAntiforgery();
        host.UseMiddleware<AuditTrail>();
    }

    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        routes.MapSignIn();
        routes.MapTokens();
        routes.MapAudit();
    }

    /// <summary>Reads the keys of earlier runs and the administrator's token.</summary>
    public static async Task LoadAccessAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        var keys = services.GetRequiredService<KeyRing>();
        await keys.LoadAsync(cancellationToken);
        var secret = AdminToken.ReadOrMake(services.GetRequiredService<DataFolder>());
        keys.AddUnkept(
            AccessKey.Of(secret, AccessKeyKind.Token, AdminName, [Scope.Admin], services.GetRequiredService<TimeProvider>().GetUtcNow(), expires: null)
        );
    }

    private static void Protect(CookieBuilder cookie, HubOptions options)
    {
        cookie.Name = string.Create(CultureInfo.InvariantCulture, $"assay-form-{options.Port}");
        cookie.SameSite = SameSiteMode.Strict;
        cookie.SecurePolicy = options.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
    }
}
