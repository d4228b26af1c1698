"""First names and surnames of the communities that live in a town of the plain; none is taken from a person."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Community:
    """A community: its share of residents, its language, the names that are usual in it."""

    code: str
    share: float
    language: str
    speaks_italian: float  # share of people who prefer Italian all the same
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


COMMUNITIES: tuple[Community, ...] = (
    Community("it", 0.80, "it", 1.0,
        _names("Maria, Anna, Giuseppina, Rosa, Lucia, Carla, Franca, Ivana, Loretta, Deanna, Iole, Paola, Silvia, Francesca, Chiara, Elisa, Sara, Giulia, Martina, Federica, Elena, Barbara, Cristina, Monica, Daniela, Patrizia, Luisa, Norma, Adriana, Teresa, Concetta, Carmela, Alice, Beatrice, Emma, Sofia, Valentina, Claudia, Marta, Irene, Nives, Wanda"),
        _names("Giuseppe, Giovanni, Mario, Luigi, Franco, Bruno, Sergio, Enzo, Renzo, Ivano, Paolo, Marco, Andrea, Luca, Matteo, Davide, Stefano, Fabio, Roberto, Claudio, Massimo, Gianni, Vittorio, Aldo, Werther, Oreste, Salvatore, Antonio, Francesco, Pasquale, Simone, Federico, Lorenzo, Alessandro, Riccardo, Tommaso, Nicola, Daniele, Maurizio, Corrado"),
        _names("Bassi, Ferrari, Rossi, Gualdi, Montanari, Barbieri, Vezzani, Ferretti, Bertani, Corradini, Davoli, Incerti, Iotti, Lusuardi, Malagoli, Manfredini, Morini, Pellicciari, Rinaldi, Sassi, Soncini, Tirelli, Torelli, Vecchi, Zanni, Bonacini, Campani, Catellani, Fontanesi, Gherardi, Giglioli, Guidetti, Losi, Magnani, Marani, Melli, Notari, Pavesi, Prandi, Rabitti, Salsi, Spaggiari, Tagliavini, Valli, Zini, Russo, Esposito, Greco, Caruso, Amato, Marino, Costa, De Luca, Romano, Colombo, Galli, Riva, Brambilla, Zanotti, Bergonzi, Bellini, Fabbri, Grandi, Lodi, Maccari, Negri, Orlandini, Panini, Setti, Villani")),
    Community("ro", 0.035, "ro", 0.5, _names("Elena, Mihaela, Ioana, Daniela, Cristina, Gabriela, Alina, Simona, Raluca, Florentina"), _names("Ion, Andrei, Mihai, Cristian, Vasile, Florin, Adrian, Gheorghe, Bogdan, Marius"), _names("Popescu, Ionescu, Dumitru, Stan, Rusu, Munteanu, Moldovan, Ciobanu, Lungu, Barbu, Neagu, Dinu")),
    Community("ma", 0.04, "ar", 0.35, _names("Fatima, Khadija, Samira, Naima, Latifa, Hanane, Zineb, Salma, Nadia, Malika, Rachida"), _names("Mohamed, Ahmed, Youssef, Abdelkader, Hassan, Rachid, Mustapha, Said, Omar, Karim, Khalid"), _names("El Amrani, Benali, El Idrissi, Tazi, Bouazza, Chakir, El Fassi, Haddad, Lahlou, Naciri, Ouazzani, Zahraoui")),
    Community("al", 0.025, "sq", 0.8, _names("Elira, Mirela, Albana, Valbona, Entela, Anila, Teuta, Drita"), _names("Arben, Ilir, Besnik, Dritan, Gentian, Agim, Erion, Fatos"), _names("Hoxha, Shehu, Kola, Prifti, Gjoka, Leka, Dervishi, Marku, Basha, Cela")),
    Community("ua", 0.025, "uk", 0.4, _names("Oksana, Natalija, Svitlana, Halyna, Olena, Iryna, Tetiana, Ljudmyla, Marija"), _names("Andrij, Serhij, Mykola, Taras, Bohdan, Ivan"), _names("Kovalenko, Bondarenko, Shevchuk, Tkachenko, Kravchenko, Oliinyk, Lysenko, Marchenko, Savchenko, Petrenko")),
    Community("pk", 0.025, "ur", 0.3, _names("Ayesha, Fatima, Sadia, Nadia, Rubina, Shazia, Bushra, Zainab"), _names("Muhammad, Ali, Imran, Asif, Tariq, Nadeem, Faisal, Shahid, Waqas, Zahid"), _names("Ahmad, Hussain, Khan, Malik, Butt, Chaudhry, Iqbal, Mirza, Akhtar, Bhatti, Javed")),
    Community("cn", 0.02, "zh-hans", 0.4, _names("Li Na, Wang Fang, Xiao Mei, Yan, Lihua, Meiling, Jing, Xiu"), _names("Wei, Jun, Hao, Lei, Bo, Jianguo, Ming, Qiang"), _names("Hu, Chen, Zhou, Lin, Wu, Zheng, Xu, Ye, Pan, Jin")),
    Community("gh", 0.018, "en", 0.3, _names("Abena, Akosua, Esi, Comfort, Grace, Mercy, Adwoa, Patience"), _names("Kwame, Kofi, Emmanuel, Samuel, Yaw, Isaac, Daniel, Joseph"), _names("Mensah, Owusu, Boateng, Asante, Appiah, Osei, Agyeman, Addo, Antwi, Amoah")),
    Community("ph", 0.012, "en", 0.5, _names("Maricel, Jocelyn, Rosalie, Lourdes, Analyn, Cherry, Marites"), _names("Rodel, Jerome, Ramil, Arnel, Noel, Edgar, Ronaldo"), _names("Santos, Reyes, Cruz, Bautista, Ocampo, Mendoza, Ramos, Garcia, Villanueva, Aquino")),
)  # fmt: skip
