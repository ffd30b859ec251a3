using CallTracking.Rpc.Wire;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace CallTracking.Rpc;

/// <summary>The standard reflection service (grpc.reflection.v1): lets a tool ask a server what it offers and in which form.</summary>
public static class RpcReflection
{
    /// <summary>Serves reflection over these services and all types they use. Who may ask is the result's convention to say.</summary>
    public static IEndpointConventionBuilder MapRpcReflection(this IEndpointRouteBuilder endpoints, params ServiceDescriptor[] services)
    {
        var answers = new ReflectionAnswers([.. services, ReflectionReflection.Descriptor.Services[0]]);
        return endpoints.MapRpc(new RpcServiceBinder(ReflectionReflection.Descriptor.Services[0])
            .Duplex<ServerReflectionRequest, ServerReflectionResponse>("ServerReflectionInfo", async (requests, replies, context) =>
            {
                await foreach (var request in requests)
                {
                    await replies.WriteAsync(answers.To(request), context.CancellationToken);
                }
            }));
    }
}

/// <summary>An index of descriptors: which file holds a name or an extension.</summary>
internal sealed class ReflectionAnswers
{
    private readonly List<string> _services;
    private readonly Dictionary<string, FileDescriptor> _files = [];
    private readonly Dictionary<string, FileDescriptor> _symbols = [];
    private readonly Dictionary<(string Type, int Number), FileDescriptor> _extensions = [];

    public ReflectionAnswers(IReadOnlyCollection<ServiceDescriptor> services)
    {
        _services = [.. services.Select(service => service.FullName).Distinct().Order(StringComparer.Ordinal)];
        foreach (var service in services)
        {
            Index(service.File);
        }
    }

    public ServerReflectionResponse To(ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse { Service = { _services.Select(name => new ServiceResponse { Name = name }) } };
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                Answer(response, _files.GetValueOrDefault(request.FileByFilename));
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                Answer(response, _symbols.GetValueOrDefault(request.FileContainingSymbol));
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                var wanted = request.FileContainingExtension;
                Answer(response, _extensions.GetValueOrDefault((wanted.ContainingType, wanted.ExtensionNumber)));
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                AnswerNumbers(response, request.AllExtensionNumbersOfType);
                break;
            default:
                response.ErrorResponse = Error(RpcStatusCode.InvalidArgument, "The request asks for nothing that reflection v1 knows.");
                break;
        }

        return response;
    }

    private static ErrorResponse Error(RpcStatusCode code, string message) => new() { ErrorCode = (int)code, ErrorMessage = message };

    private static void Answer(ServerReflectionResponse response, FileDescriptor? file)
    {
        if (file is null)
        {
            response.ErrorResponse = Error(RpcStatusCode.NotFound, "Nothing of this name is offered here.");
            return;
        }

        // The file with all it imports, itself first: the asker need not come back for them.
        var sent = new List<FileDescriptor> { file };
        for (var next = 0; next < sent.Count; next++)
        {
            sent.AddRange(sent[next].Dependencies.Where(dependency => !sent.Contains(dependency)));
        }

        response.FileDescriptorResponse = new FileDescriptorResponse { FileDescriptorProto = { sent.Select(each => each.SerializedData) } };
    }

    private void AnswerNumbers(ServerReflectionResponse response, string type)
    {
        if (!_symbols.ContainsKey(type))
        {
            response.ErrorResponse = Error(RpcStatusCode.NotFound, "No type of this name is offered here.");
            return;
        }

        var numbers = _extensions.Keys.Where(key => key.Type == type).Select(key => key.Number).Order();
        response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = type, ExtensionNumber = { numbers } };
    }

    private void Index(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (var dependency in file.Dependencies)
        {
            Index(dependency);
        }

        foreach (var service in file.Services)
        {
            _symbols[service.FullName] = file;
            foreach (var method in service.Methods)
            {
                _symbols[method.FullName] = file;
            }
        }

        Index(file, file.MessageTypes, file.EnumTypes, file.Extensions);
    }

    private void Index(FileDescriptor file, IEnumerable<MessageDescriptor> messages, IEnumerable<EnumDescriptor> enums, ExtensionCollection extensions)
    {
        foreach (var message in messages)
        {
            _symbols[message.FullName] = file;
            foreach (var field in message.Fields.InDeclarationOrder())
            {
                _symbols[field.FullName] = file;
            }

            Index(file, message.NestedTypes, message.EnumTypes, message.Extensions);
        }

        foreach (var type in enums)
        {
            _symbols[type.FullName] = file;
            foreach (var value in type.Values)
            {
                _symbols[value.FullName] = file;
            }
        }

        foreach (var extension in extensions.UnorderedExtensions)
        {
            _symbols[extension.FullName] = file;
            _extensions[(extension.ExtendeeType.FullName, extension.FieldNumber)] = file;
        }
    }
}
