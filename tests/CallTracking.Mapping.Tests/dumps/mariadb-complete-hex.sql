/*M!999999\- enable the sandbox mode */ 
-- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: d
-- ------------------------------------------------------
-- Server version	10.11.19-MariaDB-0+deb12u1

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;
/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;

--
-- Current Database: `d`
--

CREATE DATABASE /*!32312 IF NOT EXISTS*/ `d` /*!40100 DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci */;

USE `d`;

--
-- Table structure for table `ost_staff`
--

DROP TABLE IF EXISTS `ost_staff`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `ost_staff` (
  `id` int(11) NOT NULL,
  `s` text DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;

--
-- Dumping data for table `ost_staff`
--

LOCK TABLES `ost_staff` WRITE;
/*!40000 ALTER TABLE `ost_staff` DISABLE KEYS */;
INSERT INTO `ost_staff` (`id`, `s`) VALUES (1,'INSERT INTO `ost_ticket` VALUES (9,\'no\');');
/*!40000 ALTER TABLE `ost_staff` ENABLE KEYS */;
UNLOCK TABLES;
/*!50003 SET @saved_cs_client      = @@character_set_client */ ;
/*!50003 SET @saved_cs_results     = @@character_set_results */ ;
/*!50003 SET @saved_col_connection = @@collation_connection */ ;
/*!50003 SET character_set_client  = utf8mb4 */ ;
/*!50003 SET character_set_results = utf8mb4 */ ;
/*!50003 SET collation_connection  = utf8mb4_general_ci */ ;
/*!50003 SET @saved_sql_mode       = @@sql_mode */ ;
/*!50003 SET sql_mode              = '' */ ;
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 trigger tr before insert on ost_staff for each row begin insert into ost_ticket (s) values ('from a trigger'); end 
*/;;
DELIMITER ;
/*!50003 SET sql_mode              = @saved_sql_mode */ ;
/*!50003 SET character_set_client  = @saved_cs_client */ ;
/*!50003 SET character_set_results = @saved_cs_results */ ;
/*!50003 SET collation_connection  = @saved_col_connection */ ;

--
-- Table structure for table `ost_ticket`
--

DROP TABLE IF EXISTS `ost_ticket`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `ost_ticket` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
  `s` text DEFAULT NULL,
  `at` datetime NOT NULL DEFAULT '0000-00-00 00:00:00' COMMENT 'it''s, (',
  `cost` decimal(10,2) DEFAULT NULL,
  `flag` bit(1) DEFAULT b'1',
  `raw` blob DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `k` (`s`(10),`at`)
) ENGINE=InnoDB AUTO_INCREMENT=11 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;

--
-- Dumping data for table `ost_ticket`
--

LOCK TABLES `ost_ticket` WRITE;
/*!40000 ALTER TABLE `ost_ticket` DISABLE KEYS */;
INSERT INTO `ost_ticket` (`id`, `s`, `at`, `cost`, `flag`, `raw`) VALUES (1,'plain','2026-03-01 10:00:00',1234.50,0x01,0x00FF275C);
INSERT INTO `ost_ticket` (`id`, `s`, `at`, `cost`, `flag`, `raw`) VALUES (2,'it\'s \"x\" \\ back','2026-03-01 10:00:00',1234.50,0x01,0x00FF275C);
INSERT INTO `ost_ticket` (`id`, `s`, `at`, `cost`, `flag`, `raw`) VALUES (3,'tab	here','2026-03-01 10:00:00',NULL,0x01,0x00FF275C);
INSERT INTO `ost_ticket` (`id`, `s`, `at`, `cost`, `flag`, `raw`) VALUES (4,'two\nlines\r\nthree','2026-03-01 10:00:00',-1.00,0x01,0x00FF275C);
INSERT INTO `ost_ticket` (`id`, `s`, `at`, `cost`, `flag`, `raw`) VALUES (5,'日本 髙～ 😀','2026-03-01 10:00:00',0.00,0x01,0x00FF275C);
INSERT INTO `ost_ticket` (`id`, `s`, `at`, `cost`, `flag`, `raw`) VALUES (6,'\\N','2026-03-01 10:00:00',1.00,0x01,0x00FF275C);
INSERT INTO `ost_ticket` (`id`, `s`, `at`, `cost`, `flag`, `raw`) VALUES (7,'\\.','0000-00-00 00:00:00',1.00,0x01,0x00FF275C);
INSERT INTO `ost_ticket` (`id`, `s`, `at`, `cost`, `flag`, `raw`) VALUES (8,');--','2026-03-01 10:00:00',1.00,0x01,0x00FF275C);
INSERT INTO `ost_ticket` (`id`, `s`, `at`, `cost`, `flag`, `raw`) VALUES (9,'$$ ; $_$','2026-03-01 10:00:00',1.00,0x01,0x00FF275C);
INSERT INTO `ost_ticket` (`id`, `s`, `at`, `cost`, `flag`, `raw`) VALUES (10,' leading and trailing ','2026-03-01 10:00:00',1.00,0x01,0x00FF275C);
/*!40000 ALTER TABLE `ost_ticket` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Temporary table structure for view `v`
--

DROP TABLE IF EXISTS `v`;
/*!50001 DROP VIEW IF EXISTS `v`*/;
SET @saved_cs_client     = @@character_set_client;
SET character_set_client = utf8mb4;
/*!50001 CREATE VIEW `v` AS SELECT
 NULL AS `id`,
 NULL AS `s`,
 NULL AS `at`,
 NULL AS `cost`,
 NULL AS `flag`,
 NULL AS `raw` */;
SET character_set_client = @saved_cs_client;

--
-- Current Database: `d`
--

USE `d`;

--
-- Final view structure for view `v`
--

/*!50001 DROP VIEW IF EXISTS `v`*/;
/*!50001 SET @saved_cs_client          = @@character_set_client */;
/*!50001 SET @saved_cs_results         = @@character_set_results */;
/*!50001 SET @saved_col_connection     = @@collation_connection */;
/*!50001 SET character_set_client      = utf8mb4 */;
/*!50001 SET character_set_results     = utf8mb4 */;
/*!50001 SET collation_connection      = utf8mb4_general_ci */;
/*!50001 CREATE ALGORITHM=UNDEFINED */
/*!50013 DEFINER=`root`@`localhost` SQL SECURITY DEFINER */
/*!50001 VIEW `v` AS select `ost_ticket`.`id` AS `id`,`ost_ticket`.`s` AS `s`,`ost_ticket`.`at` AS `at`,`ost_ticket`.`cost` AS `cost`,`ost_ticket`.`flag` AS `flag`,`ost_ticket`.`raw` AS `raw` from `ost_ticket` */;
/*!50001 SET character_set_client      = @saved_cs_client */;
/*!50001 SET character_set_results     = @saved_cs_results */;
/*!50001 SET collation_connection      = @saved_col_connection */;
/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;

/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;
/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;
/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;

-- Dump completed on 2026-11-26 14:19:46
