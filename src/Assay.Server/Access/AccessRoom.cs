using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Access;

internal static class AccessRoom
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services;

    public static void UseAccess(this IApplicationBuilder host) { }
}
