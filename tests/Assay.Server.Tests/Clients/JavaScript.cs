namespace Assay.Server.Tests.Clients;

/// <summary>Runs programs of the folder <c>js</c> with Node.js; their packages come from npm once.</summary>
public sealed class JavaScript : IAsyncLifetime
{
    private readonly NodePrograms programs = new(Path.Combine("Clients", "js"));

    public async ValueTask InitializeAsync() => await programs.InstallAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What a program wrote; it must end well.</summary>
    public Task<string> RunAsync(string program, string argument, params (string Name, string Value)[] environment) =>
        programs.RunAsync(program, argument, environment);
}
