using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Brazil;

/// <summary>Common names and places, without names that are also words of the texts.</summary>
internal static class BrazilNames
{
    public static readonly string[] Families = WordList.Of("""
        Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Ribeiro Carvalho Almeida Lopes Soares Fernandes Vieira Barbosa
        Rocha Dias Nascimento Andrade Moreira Nunes Marques Machado Mendes Freitas Cardoso Ramos Gonçalves Teixeira Araújo Cavalcanti Monteiro
        Moura Correia Batista Campos Duarte Castro Azevedo Peixoto Figueiredo Magalhães Brandão Assunção Guimarães Sampaio Siqueira Tavares Queiroz
        """);

    public static readonly string[] Women = WordList.Of("""
        Maria Ana Francisca Antônia Adriana Juliana Márcia Fernanda Patrícia Aline Sandra Camila Amanda Bruna Jéssica Letícia Luciana Vanessa
        Mariana Gabriela Vera Vitória Larissa Cláudia Beatriz Rita Luana Sônia Renata Eliane Simone Natália Débora Tatiane Cristina Lívia Helena
        """);

    public static readonly string[] Men = WordList.Of("""
        José João Antônio Francisco Carlos Paulo Pedro Lucas Luiz Marcos Luís Gabriel Rafael Daniel Marcelo Bruno Eduardo Felipe Rodrigo Manoel
        Mateus André Fernando Fábio Leonardo Gustavo Guilherme Leandro Tiago Anderson Ricardo Márcio Jorge Sebastião Alexandre Roberto Vítor Sérgio
        """);

    /// <summary>City, state, start of the postcode, area code.</summary>
    public static readonly string[][] Cities = WordList.Entries("""
        São_Paulo/SP/01/11 Campinas/SP/13/19 Santos/SP/11/13 Rio_de_Janeiro/RJ/20/21 Niterói/RJ/24/21 Belo_Horizonte/MG/30/31 Uberlândia/MG/38/34
        Curitiba/PR/80/41 Londrina/PR/86/43 Porto_Alegre/RS/90/51 Florianópolis/SC/88/48 Joinville/SC/89/47 Salvador/BA/40/71 Recife/PE/50/81
        Fortaleza/CE/60/85 Brasília/DF/70/61 Goiânia/GO/74/62 Manaus/AM/69/92 Belém/PA/66/91 Vitória/ES/29/27 Cuiabá/MT/78/65 Natal/RN/59/84
        """);

    public static readonly string[] Streets = WordList.Of("""
        Rua_das_Flores Avenida_Brasil Rua_Sete_de_Setembro Rua_Quinze_de_Novembro Avenida_Getúlio_Vargas Rua_Tiradentes Rua_São_José
        Avenida_Santos_Dumont Travessa_do_Comércio Alameda_dos_Ipês Rua_Dom_Pedro_II Rua_das_Acácias
        """);
}
