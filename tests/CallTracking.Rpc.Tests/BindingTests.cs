using CallTracking.Rpc.Tests.Echo;
using CallTracking.Rpc.Tests.Wire;

namespace CallTracking.Rpc.Tests;

/// <summary>Mistakes in code that show at once.</summary>
public sealed class BindingTests
{
    [Fact]
    public void Bind_MethodThatTheServiceLacks_NamesThoseItHas()
    {
        var error = Assert.Throws<ArgumentException>(() => New().Unary<EchoRequest, EchoReply>("Onse", (_, _) => Task.FromResult(new EchoReply())));

        Assert.Contains("Once", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_OtherStreamsThanTheDescriptor_Throws() =>
        Assert.Throws<ArgumentException>(() => New().Unary<EchoRequest, EchoReply>("Converse", (_, _) => Task.FromResult(new EchoReply())));

    [Fact]
    public void Bind_OtherTypesThanTheDescriptor_Throws() =>
        Assert.Throws<ArgumentException>(() => New().Unary<EchoReply, EchoReply>("Once", (_, _) => Task.FromResult(new EchoReply())));

    [Fact]
    public void Bind_OneMethodTwice_Throws() =>
        Assert.Throws<ArgumentException>(() => new EchoService().Bind().Unary<EchoRequest, EchoReply>("Once", (_, _) => Task.FromResult(new EchoReply())));

    [Fact]
    public async Task Channel_MethodOfAnotherKind_Throws()
    {
        using var channel = RpcChannel.Create(new Uri("http://localhost:1"), new RpcChannelOptions());

        await Assert.ThrowsAsync<ArgumentException>(() =>
            channel.UnaryAsync<EchoRequest, EchoReply>(EchoCalls.Method("Converse"), new EchoRequest(), new RpcCallOptions(), default));
    }

    [Theory]
    [InlineData("ftp://localhost")]
    [InlineData("http://localhost/path")]
    [InlineData("relative")]
    public void Channel_AddressThatIsNoServer_Throws(string address) =>
        Assert.Throws<ArgumentException>(() => RpcChannel.Create(new Uri(address, UriKind.RelativeOrAbsolute), new RpcChannelOptions()));

    [Theory]
    [InlineData("grpc-status", "1")]
    [InlineData("te", "x")]
    [InlineData("a b", "x")]
    [InlineData("", "x")]
    [InlineData("naïve", "x")]
    [InlineData("key-bin", "x")]
    [InlineData("key", "grüß")]
    [InlineData("key", "a\r\nb: c")]
    public void Metadata_WhatCannotBeSent_Throws(string key, string value) =>
        Assert.ThrowsAny<ArgumentException>(() => new RpcMetadata { { key, value } });

    [Fact]
    public void Metadata_RepeatedKey_KeepsOrder()
    {
        var metadata = new RpcMetadata { { "Key", "a" }, { "other", "b" }, { "key", "c" } };

        Assert.Equal(["a", "c"], metadata.GetAll("KEY"));
        Assert.Equal("a", metadata.Get("key"));
        Assert.False(metadata.TryGet("none", out _));
        Assert.Throws<ArgumentException>(() => metadata.AddBinary("key", []));
    }

    private static RpcServiceBinder New() => new(EchoService.Descriptor);
}
