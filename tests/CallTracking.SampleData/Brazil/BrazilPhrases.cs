using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Brazil;

/// <summary>Wordings of the Brazilian centre.</summary>
internal static class BrazilPhrases
{
    public static readonly Phrases All = new()
    {
        Joint = " ",
        Products = ["carregador portátil", "câmera", "aspirador", "roteador", "fone de ouvido", "barbeador", "aquecedor", "impressora"],
        Shops = ["na loja oficial", "em um site de compras", "no shopping", "em uma loja do bairro", "pelo aplicativo"],
        Greetings = Phrases.Lines("""
            Bom dia,
            Boa tarde, tudo bem?
            Olá, equipe de suporte,
            Tentei ligar várias vezes e ninguém atendeu.
            Estou com um problema no meu {product}.
            Sempre gostei da marca, mas desta vez fiquei decepcionado.
            """),
        Introductions = Phrases.Lines("""
            meu nome é {full}.
            aqui é {full}, de {city}.
            escrevo em nome da minha mãe, o cadastro está como {full}.
            meu cadastro usa o e-mail {email}.
            a nota saiu para {full}, {address}, {city}.
            """),
        Symptoms = Phrases.SymptomTable("""
            não carrega|O {model} ficou a noite toda na tomada, a luz pisca e a carga não sobe.
            acaba rápido|Com carga cheia mal dá para carregar um celular, antes dava para três.
            desliga sozinho|No meio da carga ele desliga e só volta quando tiro e coloco o cabo.

            foco ruim|O foco automático vai e volta e não acerta nem de perto nem de longe.
            não liga|Aperto o botão de ligar e nada acontece, nem com bateria nova.
            fotos sumiram|Depois de cada foto aparece erro no cartão e metade das fotos da viagem sumiu.

            sem sucção|Mesmo com o filtro limpo a sujeira fica no chão.
            muito barulho|O aparelho faz tanto barulho que os vizinhos reclamam.
            para de repente|Depois de uns {n} minutos ele para e preciso esperar esfriar.

            conexão cai|O Wi-Fi cai {n} vezes por dia e só volta quando reinicio.
            senha recusada|A página não aceita minha senha nem depois de restaurar.
            lentidão|À noite a velocidade despenca e o vídeo trava.

            um lado mudo|O lado direito ficou mudo, testei em três celulares.
            não pareia|Meu celular não encontra o {model}, tentei mais de dez vezes.
            chiado|Em qualquer volume há um chiado constante.

            lâmina travou|A lâmina travou no meio da barba e puxou os pelos.
            bateria fraca|A carga completa dura só {n} minutos.

            não esquenta|Na potência máxima sai apenas ar frio.
            cheiro de queimado|Dez minutos depois de ligar sobe um cheiro de queimado.

            papel preso|Já tirei o papel e o aviso de atolamento continua.
            não conecta|O computador não encontra a impressora.
            """),
        Circumstances = Phrases.Lines("""
            Comprei em {bought}, ainda deve estar na garantia.
            Comprei {shop} e tenho a nota fiscal.
            O número de série é {serial}.
            Segui o manual e reiniciei {n} vezes.
            Uso há uns {n} meses.
            Até a semana passada funcionava bem.
            Nunca caiu nem molhou.
            Troquei o cabo e deu no mesmo.
            """),
        Dangers = Phrases.Groups("""
            Ontem à noite saiu fumaça branca da lateral.
            Assim que liguei na tomada começou a soltar fumaça.

            A caixa está estufada e abriu uma fresta.
            A bateria inchou e o aparelho balança na mesa.

            Encostei e queimei a ponta do dedo.
            Meu filho tocou na parte quente e queimou a mão.

            Durante a carga pegou fogo e queimou a toalha.
            Saiu uma chama do conector, apaguei com um pano.

            Levei um choque na parte de metal.
            Mesmo com a mão seca senti um choque forte.
            """),
        Wishes = Phrases.Lines("""
            Quero um aparelho novo.
            Gostaria do meu dinheiro de volta.
            Isso está na garantia?
            Quanto custa o conserto e quanto tempo leva?
            Podem retirar em casa? O endereço é {address}.
            Peçam para {agent} me ligar, por favor.
            O que devo fazer agora?
            """),
        Contacts = Phrases.Lines("""
            Meu telefone é {phone}, melhor depois das 18h.
            Respondam para {email}, por favor.
            Telefone: {phone}, e-mail: {email}.
            Durante o dia atendo no {phone}, falar com {family}.
            """),
        Secrets = Phrases.Lines("""
            Para confirmar: nascimento {birth}, número {secret}.
            Caso precisem de novo, o número é {secret}.
            Façam o estorno em {secret}.
            """),
        Farewells = Phrases.Lines("""
            Obrigado, {full}
            Agradeço desde já!
            Atenciosamente, {full}
            Fico no aguardo. {family}
            """),
        Subjects = Phrases.Lines("""
            {model}: {issue}
            {product} {issue}
            Defeito no {model} ({issue})
            {family}, garantia do {model}
            Reclamação: {product} {issue}
            """),
        Answers = Phrases.Lines("""
            Liguei para {full}. Sintoma: {issue}. Orientei a reiniciar e restaurar.
            Pedi a {full} uma foto da etiqueta.
            Instruções enviadas para {email}, observar por uma semana.
            Deixei recado no {phone}.
            Número de série {serial} conferido, na garantia. Coleta marcada em {address}.
            """),
        Reactions = Phrases.Lines("""
            Tentei tudo e continua igual.
            Obrigado pela rapidez, envio hoje à tarde.
            É a terceira vez que explico, quero falar com o supervisor.
            Meu número novo é {phone}.
            """),
        Notes = Phrases.Lines("""
            Interno: enviado à engenharia, verificar o lote.
            Interno: {full} já tinha relatado o mesmo defeito.
            Interno: {agent} aguarda peças para a semana que vem.
            """),
        Solutions = Phrases.Lines("""
            Aparelho novo entregue, {full} confirmou o funcionamento. Encerrado.
            Aparelho consertado a caminho.
            Estorno feito, comprovante em {email}.
            A atualização resolveu.
            """),
        Progress = Phrases.Lines("""
            {full} perguntou pelo andamento, em análise.
            Peça atrasada, cliente avisado no {phone}.
            {agent} recebeu resposta da engenharia, falta uma foto.
            """),
        Praise = Phrases.Lines("""
            Atendimento rápido e gentil.
            {agent} explicou tudo com calma.
            """),
        Blame = Phrases.Lines("""
            Demora demais para atender.
            {agent} foi grosseiro comigo.
            Tive de explicar três vezes. {full}
            """),
    };
}
