using System.Net;
using System.Net.Http.Headers;
using Assay.Server.Access;
using Assay.Server.Hosting;

namespace Assay.Server.Tests;

/// <summary>
/// A hub in this process on free ports of 127.0.0.1 with a data folder of its own, which goes away with it.
/// Use it as a class fixture, or start one with options: <c>await using var hub = await RunningHub.StartAsync(o => o.CatalogFolder = folder);</c>
/// </summary>
public sealed class RunningHub : IAsyncLifetime
{
    private readonly Action<HubOptions> change = _ => { };
    private readonly TimeProvider time = TimeProvider.System;
    private readonly List<HttpClient> clients = [];
    private readonly bool keepsFolder;
    private Hub? hub;

    /// <summary>A hub with default options; started by <see cref="InitializeAsync"/>.</summary>
    public RunningHub()
        : this(Directory.CreateTempSubdirectory("assay-hub-").FullName, keepsFolder: false) { }

    private RunningHub(string folder, bool keepsFolder)
    {
        Folder = folder;
        this.keepsFolder = keepsFolder;
    }

    private RunningHub(string folder, bool keepsFolder, Action<HubOptions> change, TimeProvider time)
        : this(folder, keepsFolder)
    {
        this.change = change;
        this.time = time;
    }

    /// <summary>The data folder.</summary>
    public string Folder { get; }

    public Hub Hub => hub ?? throw new InvalidOperationException("The hub is not started.");

    public HubAddresses Addresses => Hub.Addresses;

    /// <summary>A client of pages and API without token and cookies; it follows no redirects.</summary>
    public HttpClient Client { get; private set; } = new();

    /// <summary>A client of the OTLP port for HTTP.</summary>
    public HttpClient Otlp { get; private set; } = new();

    /// <summary>A client of pages and API with the administrator's token.</summary>
    public HttpClient Admin { get; private set; } = new();

    /// <summary>Starts a hub.</summary>
    /// <param name="change">Changes options; ports and data folder are set already.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <param name="folder">A data folder to use and leave; a new one, removed at the end, when null.</param>
    public static async Task<RunningHub> StartAsync(Action<HubOptions>? change = null, TimeProvider? time = null, string? folder = null)
    {
        var running = new RunningHub(
            folder ?? Directory.CreateTempSubdirectory("assay-hub-").FullName,
            folder is not null,
            change ?? (_ => { }),
            time ?? TimeProvider.System
        );
        await running.InitializeAsync();
        return running;
    }

    public async ValueTask InitializeAsync()
    {
        var options = new HubOptions
        {
            DataFolder = Folder,
            CatalogFolder = Path.Combine(Folder, "catalog"),
            Port = 0,
            OtlpHttpPort = 0,
            OtlpGrpcPort = 0,
            // Tests send events of days long ago; one that is about retention sets its own.
            KeepDays = 3650,
        };
        change(options);
        hub = await Hub.StartAsync(options, time, TestContext.Current.CancellationToken);
        Client = Connect(hub.Addresses.Pages);
        Otlp = Connect(hub.Addresses.OtlpHttp);
        Admin = Connect(hub.Addresses.Pages);
        Admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await ReadTokenAsync());
    }

    /// <summary>The administrator's token.</summary>
    public async Task<string> ReadTokenAsync() => (await File.ReadAllTextAsync(Path.Combine(Folder, AdminToken.FileName))).Trim();

    /// <summary>A client of pages and API that has signed in as a browser does; it keeps cookies, follows no redirects and says its Origin.</summary>
    public async Task<HttpClient> SignInAsync()
    {
        var client = Keep(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }), Addresses.Pages);
        client.DefaultRequestHeaders.Add("Origin", Addresses.Pages.GetLeftPart(UriPartial.Authority));
        using var answer = await client.GetAsync(Hub.NewSignInUrl(), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return client;
    }

    /// <summary>Stops the hub as Ctrl+C does; the folder stays until this is disposed.</summary>
    public async Task StopAsync()
    {
        if (hub is not null)
        {
            await hub.DisposeAsync();
            hub = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        clients.ForEach(c => c.Dispose());
        if (!keepsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private HttpClient Connect(Uri address) => Keep(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }), address);

    private HttpClient Keep(HttpClient client, Uri address)
    {
        client.BaseAddress = address;
        clients.Add(client);
        return client;
    }
}
