using System.Net;
using System.Net.Sockets;

namespace Assay.Evaluation.Tests.Models;

/// <summary>A port whose queue of connections is full: who else wants to connect hears nothing, as behind a firewall that drops packets.</summary>
internal sealed class DroppingPort : IDisposable
{
    // The queue holds one; the others are kept waiting as the next one is.
    private const int Waiting = 4;

    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> waiting = [];

    private DroppingPort() { }

    public Uri Address => new($"http://{listener.LocalEndPoint}/v1");

    public static async Task<DroppingPort> OpenAsync()
    {
        var port = new DroppingPort();
        port.listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        port.listener.Listen(0);
        await port.ConnectAsync();
        for (var i = 1; i < Waiting; i++)
        {
            _ = port.ConnectAsync();
        }

        return port;
    }

    public void Dispose()
    {
        waiting.ForEach(socket => socket.Dispose());
        listener.Dispose();
    }

    private Task ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        waiting.Add(socket);
        return socket.ConnectAsync(listener.LocalEndPoint!);
    }
}
